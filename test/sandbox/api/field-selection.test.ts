import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	type FieldSelection,
	fieldsText,
	parseFieldSelection,
} from "../../../src/sandbox/api/field-selection.ts";
import { pageToken, startSandbox } from "../../support/sandbox-world.ts";

describe("reads", () => {
	test.each([
		["id"],
		["id,text"],
		["mentioned_comment.comment_id(17894227972186120)"],
		["mentioned_comment.comment_id(1){id,text,media{id,permalink}}"],
		["mentioned_media.media_id(1){caption,comments{id,text,username}},id"],
		["comments.limit(5).order(chronological){id}"],
	])("%s", (text) => {
		expect(fieldsText(parseFieldSelection(text))).toBe(text);
	});

	test("with spaces anywhere", () => {
		expect(
			fieldsText(
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

describe("field expansion", () => {
	const name = fc.stringMatching(/^[a-z]\w{0,8}$/);
	const { selections } = fc.letrec<{
		selections: FieldSelection[];
		selection: FieldSelection;
	}>((tie) => ({
		selection: fc.record(
			{
				name,
				modifiers: fc
					.array(fc.tuple(name, fc.stringMatching(/^[\w,"]{1,9}$/)), {
						maxLength: 2,
					})
					.map((pairs) => new Map(pairs)),
				fields: tie("selections"),
			},
			{ requiredKeys: ["name", "modifiers"] },
		) as fc.Arbitrary<FieldSelection>,
		selections: fc.array(tie("selection"), {
			minLength: 1,
			maxLength: 3,
			depthIdentifier: "fields",
		}),
	}));

	test("parses to what it was written from", () => {
		fc.assert(
			fc.property(selections, (given) => {
				expect(parseFieldSelection(fieldsText(given))).toEqual(given);
			}),
			{ numRuns: 200 },
		);
	});

	test("shows the fields that are asked for, in that order, and `id`", async () => {
		const { ask } = startSandbox();
		const own = fc.uniqueArray(
			fc.constantFrom("caption", "id", "media_type", "timestamp", "username"),
			{ minLength: 1 },
		);
		await fc.assert(
			fc.asyncProperty(own, own, async (media, owned) => {
				const { json } = await ask(
					`GET /17841405726653026?fields=media{${media}},username&limit=1`,
					{ token: pageToken },
				);
				expect(Object.keys(json)).toEqual(["media", "username", "id"]);
				expect(Object.keys(json.media.data[0])).toEqual(
					media.includes("id") ? media : [...media, "id"],
				);
				const single = await ask(
					`GET /17955061238374021?fields=${owned},comments{media{${media}}}`,
					{ token: pageToken },
				);
				expect(Object.keys(single.json)).toEqual(
					[...owned, "comments"].concat(owned.includes("id") ? [] : ["id"]),
				);
				expect(Object.keys(single.json.comments.data[0].media)).toEqual(
					Object.keys(json.media.data[0]),
				);
			}),
			{ numRuns: 25 },
		);
	});
});
