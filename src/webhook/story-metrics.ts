import { asRecord, asString } from "./delivery.ts";

/** What Meta counts of a story in its 24 hours, in the order it tells it. */
export const storyMetrics = [
	"impressions",
	"reach",
	"taps_forward",
	"taps_back",
	"exits",
	"replies",
] as const;
export type StoryMetric = (typeof storyMetrics)[number];

/** Null where fewer than five people did it; missing where it was not told. */
export type StoryNumbers = Partial<Record<StoryMetric, number | null>>;

/** Reads the value of a `story_insights` change; Meta gives -1 for counts below 5. */
export function readStoryNumbers(value: unknown): StoryNumbers {
	const told = asRecord(value);
	const numbers: StoryNumbers = {};
	for (const metric of storyMetrics) {
		const count = Number(asString(told[metric]) || Number.NaN);
		if (count === -1) numbers[metric] = null;
		else if (Number.isInteger(count) && count >= 0) numbers[metric] = count;
	}
	return numbers;
}

/** Between 0 and 1; null where the numbers do not allow it. */
export interface StoryRates {
	/** Of the times it was shown, how many ran to the end: neither left nor tapped forward. */
	completionRate: number | null;
	/** Of the times it was shown, how many ended with leaving the stories. */
	exitRate: number | null;
}

/** The rates of all stories whose numbers are known, weighed by how often they were shown. */
export function storyRates(stories: readonly StoryNumbers[]): StoryRates {
	return {
		completionRate: rate(
			stories,
			["taps_forward", "exits"],
			(shown, left) => shown - left,
		),
		exitRate: rate(stories, ["exits"], (_, left) => left),
	};
}

function rate(
	stories: readonly StoryNumbers[],
	wanted: readonly StoryMetric[],
	part: (shown: number, sum: number) => number,
): number | null {
	let shown = 0;
	let counted = 0;
	for (const { impressions, ...rest } of stories) {
		const numbers = wanted.map((metric) => rest[metric as keyof typeof rest]);
		if (typeof impressions !== "number" || !numbers.every(isNumber)) continue;
		shown += impressions;
		counted += part(
			impressions,
			numbers.reduce((sum, count) => sum + count, 0),
		);
	}
	// More taps than showings: the numbers contradict each other.
	const share = counted / shown;
	return shown > 0 && share >= 0 && share <= 1
		? Math.round(share * 10_000) / 10_000
		: null;
}

export interface StoryTotals extends StoryRates {
	stories: number;
	sums: Partial<Record<StoryMetric, number>>;
	/** How many stories a sum leaves out, because fewer than five did it. */
	leftOut: Partial<Record<StoryMetric, number>>;
	/** How many stories are left out, because their numbers contradict each other. */
	contradictory: number;
}

/** More were reached, left or tapped on than it was shown: no sum can hold that. */
function isContradictory(numbers: StoryNumbers): boolean {
	const { impressions, reach, taps_forward, exits } = numbers;
	return (
		typeof impressions === "number" &&
		Math.max(reach ?? 0, (taps_forward ?? 0) + (exits ?? 0)) > impressions
	);
}

export function storyTotals(all: readonly StoryNumbers[]): StoryTotals {
	const stories = all.filter((numbers) => !isContradictory(numbers));
	const sums: StoryTotals["sums"] = {};
	const leftOut: StoryTotals["leftOut"] = {};
	for (const metric of storyMetrics) {
		const told = stories.map((numbers) => numbers[metric]);
		const known = told.filter(isNumber);
		const few = told.filter((count) => count === null).length;
		if (known.length > 0)
			sums[metric] = known.reduce((sum, count) => sum + count, 0);
		if (few > 0) leftOut[metric] = few;
	}
	return {
		stories: all.length,
		sums,
		leftOut,
		contradictory: all.length - stories.length,
		...storyRates(stories),
	};
}

function isNumber(count: number | null | undefined): count is number {
	return typeof count === "number";
}
