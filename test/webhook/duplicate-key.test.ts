import { describe, expect, test } from "vitest";
import { duplicateKey } from "../../src/webhook/duplicate-key.ts";

const account = "17841405726653026";
const keyOf = (field: string, value: unknown, time = 1) =>
	duplicateKey({ accountId: account, field, time, value });

test.each([
	["comments", { id: "1", text: "a" }, "comments 17841405726653026 1"],
	["live_comments", { id: "1" }, "live_comments 17841405726653026 1"],
	[
		"mentions",
		{ media_id: "2", comment_id: "1" },
		"mentions 17841405726653026 1",
	],
	["mentions", { media_id: "2" }, "mentions 17841405726653026 2"],
	[
		"story_insights",
		{ media_id: "3", exits: 1 },
		"story_insights 17841405726653026 3",
	],
	["messages", { message: { mid: "m" } }, "messages 17841405726653026 m"],
	[
		"messages",
		{ message: { mid: "m", is_deleted: true } },
		"messages 17841405726653026 m deleted",
	],
	[
		"message_echoes",
		{ message: { mid: "m", is_echo: true } },
		"message_echoes 17841405726653026 m",
	],
	[
		"message_echoes",
		{ message: { mid: "m", is_deleted: true } },
		"message_echoes 17841405726653026 m deleted",
	],
	[
		"message_reactions",
		{ timestamp: 5, reaction: { mid: "m", action: "react" } },
		"message_reactions 17841405726653026 m react 5",
	],
	[
		"messaging_seen",
		{ sender: { id: "7" }, read: { mid: "m" } },
		"messaging_seen 17841405726653026 m 7",
	],
	[
		"messaging_seen",
		{ read: { mid: "m" } },
		"messaging_seen 17841405726653026 m",
	],
])("%s %j is known as %s", (field, value, key) => {
	expect(keyOf(field, value)).toBe(key);
});

describe("what is known by its ids", () => {
	test.each([
		["another time, as in a retry", keyOf("comments", { id: "1" }, 2), true],
		["another text", keyOf("comments", { id: "1", text: "b" }), true],
		["another id", keyOf("comments", { id: "2" }), false],
		["another field", keyOf("live_comments", { id: "1" }), false],
		[
			"another account",
			duplicateKey({
				accountId: "0",
				field: "comments",
				time: 1,
				value: { id: "1" },
			}),
			false,
		],
	])("%s", (_name, key, same) => {
		expect(key === keyOf("comments", { id: "1" })).toBe(same);
	});
});

describe("what has no ids is known by all of it", () => {
	const hash = /^\S+ 17841405726653026 [0-9a-f]{64}$/;

	test.each([
		["message_edit", { message_edit: { mid: "m", num_edit: 1 } }],
		["messaging_postbacks", { postback: { mid: "m" } }],
		["mentions", {}],
		["comments", { id: "" }],
		["comments", null],
		["comments", undefined],
		["messages", { message: "m" }],
		["messages", { message: null }],
		["attire", "suit"],
		["constructor", { id: "1" }],
		["toString", {}],
		["__proto__", {}],
	])("%s %j", (field, value) => {
		expect(keyOf(field, value)).toMatch(hash);
		expect(keyOf(field, value)).toBe(keyOf(field, value));
		expect(keyOf(field, value, 2)).not.toBe(keyOf(field, value));
		expect(keyOf(field, { other: 1 })).not.toBe(keyOf(field, value));
	});
});
