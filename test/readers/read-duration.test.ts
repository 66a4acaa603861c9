import { expect, test } from "vitest";
import { readDuration } from "../../src/readers/read-duration.ts";

test.each([
	["500ms", 500],
	["30s", 30_000],
	["5m", 300_000],
	["2h", 7_200_000],
	["30d", 2_592_000_000],
	["2w", 1_209_600_000],
	["0s", 0],
	["30", undefined],
	["s", undefined],
	["-1s", undefined],
	["1.5h", undefined],
	["1h30m", undefined],
	["30 s", undefined],
	["2026-11-21", undefined],
])("%s", (text, milliseconds) => {
	expect(readDuration(text)).toBe(milliseconds);
});
