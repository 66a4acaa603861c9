import { expect, test } from "vitest";
import { filterChoices } from "../../src/system/filter-choices.ts";
import type { Choice } from "../../src/world.ts";

const choices: Choice<number | string>[] = [
	{ name: "@ann: where are the beans?", value: 1 },
	{ name: "@bob: nice beans", value: 2 },
	{ name: "Undo: @ann: hello", value: "undo", always: true },
	{ name: "Stop here", value: "stop", always: true },
];

test.each([
	["", [1, 2, "undo", "stop"], 2, 0],
	["beans", [1, 2, "undo", "stop"], 2, 0],
	["BEANS nice", [2, "undo", "stop"], 1, 0],
	["  bob ", [2, "undo", "stop"], 1, 0],
	["stop", ["undo", "stop"], 0, 1],
	["tea", ["undo", "stop"], 0, undefined],
])("%j leaves %j", (term, values, matching, first) => {
	const { shown, ...rest } = filterChoices(choices, term);
	expect(shown.map(({ value }) => value)).toEqual(values);
	expect(rest).toEqual({ matching, total: 2, first });
});

test("commands that stand among the choices come last", () => {
	const { shown } = filterChoices(choices.toReversed(), "");
	expect(shown.map(({ value }) => value)).toEqual([2, 1, "stop", "undo"]);
});
