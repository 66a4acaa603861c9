import { expect, test } from "vitest";
import {
	readStoryNumbers,
	storyRates,
	storyTotals,
} from "../../src/webhook/story-metrics.ts";

test.each([
	[
		{ reach: 17, exits: 0 },
		{ reach: 17, exits: 0 },
	],
	[{ reach: -1 }, { reach: null }],
	[
		{ reach: "17", exits: "-1" },
		{ reach: 17, exits: null },
	],
	[{ reach: -2, exits: 1.5, replies: "many", taps_back: null }, {}],
	[undefined, {}],
])("%j tells %j", (value, numbers) => {
	expect(readStoryNumbers(value)).toEqual(numbers);
});

test.each([
	["all told", { impressions: 100, taps_forward: 30, exits: 20 }, 0.5, 0.2],
	[
		"few exits",
		{ impressions: 100, taps_forward: 30, exits: null },
		null,
		null,
	],
	["few taps", { impressions: 100, taps_forward: null, exits: 20 }, null, 0.2],
	["nobody", { impressions: 0, taps_forward: 0, exits: 0 }, null, null],
	["not shown", { taps_forward: 3, exits: 5 }, null, null],
	["contradicting", { impressions: 10, taps_forward: 9, exits: 9 }, null, 0.9],
])("rates where %s", (_, numbers, completionRate, exitRate) => {
	expect(storyRates([numbers])).toEqual({ completionRate, exitRate });
});

test("totals say what they leave out", () => {
	expect(
		storyTotals([
			{ impressions: 100, exits: 20, replies: null },
			{ impressions: 50, exits: null, replies: null },
		]),
	).toEqual({
		stories: 2,
		contradictory: 0,
		sums: { impressions: 150, exits: 20 },
		leftOut: { exits: 1, replies: 2 },
		completionRate: null,
		exitRate: 0.2,
	});
});

test("totals leave out a story whose numbers contradict each other, and say so", () => {
	const told = { impressions: 100, reach: 80, taps_forward: 30, exits: 20 };
	for (const contradiction of [
		{ reach: 1000 },
		{ exits: 90 },
		{ taps_forward: 1000 },
	])
		expect(storyTotals([told, { ...told, ...contradiction }])).toMatchObject({
			...storyTotals([told]),
			stories: 2,
			contradictory: 1,
		});
});
