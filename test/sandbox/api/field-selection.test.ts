import { describe, expect, test } from "vitest";
import {
	type FieldSelection,
	parseFieldSelection,
} from "../../../src/sandbox/api/field-selection.ts";

/** Back to text, so that a table can show it. */
function print(selections: readonly FieldSelection[]): string {
	return selections
		.map(({ name, modifiers, fields }) => {
			const calls = [...modifiers].map(([key, value]) => `.${key}(${value})`);
			return `${name}${calls.join("")}${fields ? `{${print(fields)}}` : ""}`;
		})
		.join(",");
}

describe("reads", () => {
	test.each([
		["id"],
		["id,text"],
		["mentioned_comment.comment_id(17894227972186120)"],
		["mentioned_comment.comment_id(1){id,text,media{id,permalink}}"],
		["mentioned_media.media_id(1){caption,comments{id,text,username}},id"],
		["comments.limit(5).order(chronological){id}"],
	])("%s", (text) => {
		expect(print(parseFieldSelection(text))).toBe(text);
	});

	test("with spaces anywhere", () => {
		expect(
			print(
				parseFieldSelection(
					" id , mentioned_comment . comment_id ( 1 ) { text , media { id } } ",
				),
			),
		).toBe("id,mentioned_comment.comment_id(1){text,media{id}}");
	});
});

describe("refuses", () => {
	test.each([
		["{", "Expected name.", 0],
		["id,", "Expected name.", 3],
		["media{", "Expected name.", 6],
		["media{id", 'Expected "}" instead of end of string.', 8],
		["id}", 'Expected end of string instead of "}".', 2],
		["id?x", 'Expected end of string instead of "?".', 2],
		["media.", "Expected name.", 6],
		["media.media_id", 'Expected "(" instead of end of string.', 14],
		["media.media_id(1", 'Expected ")" instead of end of string.', 16],
		["media{}", "Expected name.", 6],
	])("%s", (text, problem, at) => {
		expect(() => parseFieldSelection(text)).toThrow(
			expect.objectContaining({
				code: 2500,
				message: `Syntax error "${problem}" at character ${at}: ${text}`,
			}),
		);
	});

	test("braces nested beyond reason", () => {
		expect(() => parseFieldSelection("a{".repeat(100_000))).toThrow(
			/Too many levels/,
		);
	});
});
