import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonLine, safeText, safeValue } from "../../src/cli/safe-text.ts";

test.each([
	["plain text stays", "café 👑 a/b", "café 👑 a/b"],
	["colour codes lose their start", "\u001b[31mred", "[31mred"],
	["a bell and a backspace go", "a\u0007b\u0008c", "abc"],
	["C1 controls go", "a\u009b2Jb", "a2Jb"],
	["lines become one", "a\r\nb\n\nc\td", "a b c d"],
	["direction marks go", "a\u202eb\u2066c", "abc"],
])("%s", (_, text, safe) => {
	expect(safeText(text)).toBe(safe);
});

test("every string in a value is made safe, keys too", () => {
	const value = { "k\u0007": ["a\u001bb", 1, null, { deep: "x\ny" }] };
	expect(safeValue(value)).toEqual({ k: ["ab", 1, null, { deep: "x y" }] });
});

test("no text can carry a control character to a terminal, and JSON loses nothing", () => {
	fc.assert(
		fc.property(fc.string({ unit: "binary" }), (text) => {
			// biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
			const control = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
			expect(safeText(text)).not.toMatch(control);
			expect(jsonLine({ text })).not.toMatch(control);
			expect(JSON.parse(jsonLine({ text }))).toEqual({ text });
		}),
	);
});
