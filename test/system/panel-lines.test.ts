import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { panelLines } from "../../src/system/panel-lines.ts";

const panel = {
	head: ["@ann", "in a comment", ""],
	text: ["one two three four five", "six", "seven eight nine ten"],
};
const shown = (rows: number, top = 0) => {
	const { lines, ...rest } = panelLines(panel, { columns: 18, rows }, top);
	return { lines: lines.map(stripVTControlCharacters), ...rest };
};

test("a text that fits is shown whole, wrapped at words", () => {
	expect(shown(20)).toEqual({
		lines: [
			...["@ann", "in a comment", "", ""],
			...["  one two three", "  four five", "  six"],
			...["  seven eight", "  nine ten", ""],
		],
		windowRows: 5,
		lastTop: 0,
	});
});

test("one that does not is shown in a window, with the head in view", () => {
	expect(shown(9)).toEqual({
		lines: [
			...["@ann", "in a comment", "", ""],
			...["  one two three", "  four five", "  six"],
			...["  lines 1–3 of 5", ""],
		],
		windowRows: 3,
		lastTop: 2,
	});
	expect(shown(9, 2).lines.slice(4)).toEqual([
		...["  six", "  seven eight", "  nine ten", "  lines 3–5 of 5", ""],
	]);
	expect(shown(9, 99)).toEqual(shown(9, 2));
});

test("the window has three lines at least", () => {
	expect(shown(1).windowRows).toBe(3);
});

test("a word longer than the line is broken", () => {
	const text = ["a".repeat(30)];
	const { lines } = panelLines({ head: ["x"], text }, { columns: 24, rows: 9 });
	expect(lines.slice(2, 4)).toEqual([
		`  ${"a".repeat(20)}`,
		`  ${"a".repeat(10)}`,
	]);
});
