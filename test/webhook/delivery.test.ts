import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDelivery } from "../../src/webhook/delivery.ts";
import { duplicateKey } from "../../src/webhook/duplicate-key.ts";
import { vectors } from "../support/vectors.ts";

const parse = (body: string) => parseDelivery(Buffer.from(body));
const account = "17841405726653026";

test("the vectors tell what happened", () => {
	expect(vectors.map(({ wire }) => parse(wire))).toEqual([
		{
			object: "instagram",
			changes: [
				{
					accountId: "17841400000000001",
					field: "comments",
					time: 1760000000,
					value: {
						from: { id: "1234567890123456", username: "test.user" },
						media: { id: "17900000000000001", media_product_type: "FEED" },
						id: "17900000000000002",
						text: "café 👑 a/b <b> 100% @you",
					},
				},
			],
		},
		{
			object: "instagram",
			changes: [
				{
					accountId: "17841400000000001",
					field: "messages",
					time: 1760000000123,
					value: {
						sender: { id: "1234567890123456" },
						recipient: { id: "17841400000000001" },
						timestamp: 1760000000001,
						message: { mid: "aWdfTEST", text: "café 👑 a/b" },
					},
				},
			],
		},
		{
			object: "instagram",
			changes: [
				{
					accountId: "0",
					field: "mentions",
					time: 1760000000,
					value: {
						media_id: "17887498072083520",
						comment_id: "17887498072083520",
					},
				},
			],
		},
	]);
});

describe("every form of a delivery", () => {
	const change = (field: string, value?: unknown, time = 7) => ({
		accountId: account,
		field,
		time,
		value,
	});
	const entry = `"id": "${account}", "time": 7`;

	test.each([
		[
			"several changes in several entries, in order",
			`{"object": "instagram", "entry": [{${entry}, "changes": [{"field": "a", "value": 1}, {"field": "b", "value": 2}]}, {"id": "0", "time": 8, "changes": [{"field": "c", "value": 3}]}]}`,
			[
				change("a", 1),
				change("b", 2),
				{ accountId: "0", field: "c", time: 8, value: 3 },
			],
		],
		[
			"the array of Meta's pages",
			`[{"entry": [{"changes": [{"field": "mentions", "value": {}}], ${entry}}], "object": "instagram"}]`,
			[change("mentions", {})],
		],
		[
			"several payloads in an array",
			`[{"object": "instagram", "entry": [{${entry}, "changes": [{"field": "a"}]}]}, {"entry": [{${entry}, "changes": [{"field": "b"}]}]}]`,
			[change("a"), change("b")],
		],
		[
			"the flat entries of Meta's documents",
			`{"object": "instagram", "entry": [{${entry}, "field": "comments", "value": {"id": "1"}}]}`,
			[change("comments", { id: "1" })],
		],
		[
			"a subscription without values",
			`{"object": "instagram", "entry": [{${entry}, "changed_fields": ["comments", "mentions"]}]}`,
			[change("comments"), change("mentions")],
		],
		[
			"a change without value",
			`{"object": "instagram", "entry": [{${entry}, "changes": [{"field": "attire"}]}]}`,
			[change("attire")],
		],
		[
			"a field nobody knows",
			`{"object": "instagram", "entry": [{${entry}, "changes": [{"field": "brand_new", "value": [null]}]}]}`,
			[change("brand_new", [null])],
		],
		[
			"a message of the Test button, in changes",
			`{"object": "instagram", "entry": [{${entry}, "changes": [{"field": "messages", "value": {"timestamp": "1527459824"}}]}]}`,
			[change("messages", { timestamp: "1527459824" })],
		],
		[
			"events without a sender",
			`{"object": "instagram", "entry": [{${entry}, "messaging": [{"read": {"mid": "m"}}, {"message_edit": {"mid": "m"}}]}]}`,
			[
				change("messaging_seen", { read: { mid: "m" } }),
				change("message_edit", { message_edit: { mid: "m" } }),
			],
		],
		[
			"standby, whatever the event",
			`{"object": "instagram", "entry": [{${entry}, "standby": [{"message": {"mid": "m", "is_echo": true}}]}]}`,
			[change("standby", { message: { mid: "m", is_echo: true } })],
		],
		[
			"changes and events together",
			`{"object": "instagram", "entry": [{${entry}, "standby": [{}], "messaging": [{}], "changes": [{"field": "a"}]}]}`,
			[change("a"), change("messaging", {}), change("standby", {})],
		],
		[
			"a time in text, an id in digits",
			`{"object": "instagram", "entry": [{"id": 232323232, "time": "1527459824", "changes": [{"field": "a"}]}]}`,
			[
				{
					accountId: "232323232",
					field: "a",
					time: 1527459824,
					value: undefined,
				},
			],
		],
		[
			"changes that are none",
			`{"object": "instagram", "entry": [{${entry}, "changes": [null, 1, "a", [], {"field": 5}, {"field": null}]}]}`,
			["", "", "", "", "5", ""].map((field) => change(field)),
		],
		[
			"junk beside a change",
			`{"object": "instagram", "entry": [null, 7, [], "x", {"changes": "x"}, {"messaging": {}}, {${entry}, "changes": [{"field": "a"}]}]}`,
			[change("a")],
		],
	])("%s", (_name, body, changes) => {
		expect(parse(body)).toEqual({ object: "instagram", changes });
	});
});

describe("a messaging event belongs to the field of the member it carries", () => {
	test.each([
		[{ message: {} }, "messages"],
		[{ message: { is_deleted: true } }, "messages"],
		[{ message: { is_echo: false } }, "messages"],
		[{ message: { is_echo: true } }, "message_echoes"],
		[{ message: { referral: {} } }, "messages"],
		[{ message_edit: {} }, "message_edit"],
		[{ reaction: {} }, "message_reactions"],
		[{ postback: { referral: {} } }, "messaging_postbacks"],
		[{ referral: {} }, "messaging_referral"],
		[{ read: {} }, "messaging_seen"],
		[{ optin: {} }, "messaging_optins"],
		[{ pass_thread_control: {} }, "messaging_handover"],
		[{ take_thread_control: {} }, "messaging_handover"],
		[{ request_thread_control: {} }, "messaging_handover"],
		[{ app_roles: {} }, "messaging_handover"],
		[{ policy_enforcement: {} }, "messaging_policy_enforcement"],
		[{ response_feedback: {} }, "response_feedback"],
		[{ sender: {}, brand_new: {} }, "messaging"],
		[{}, "messaging"],
		[null, "messaging"],
		[["message"], "messaging"],
		["message", "messaging"],
	])("%j", (event, field) => {
		const body = JSON.stringify({ entry: [{ messaging: [event] }] });
		expect(parse(body)).toEqual({
			object: "",
			changes: [{ accountId: "", field, time: 0, value: event }],
		});
	});
});

describe("a time that is none is 0", () => {
	test.each([
		"null",
		'"soon"',
		"1e999",
		"{}",
		"[9]",
		"true",
		'{"toString": 1, "valueOf": 1}',
	])("%s", (time) => {
		const body = `{"entry": [{"time": ${time}, "changes": [{}]}]}`;
		expect(parse(body).changes).toEqual([
			{ accountId: "", field: "", time: 0, value: undefined },
		]);
	});
});

describe("what holds no changes says why", () => {
	const notJson = "the body is not JSON";
	const empty = "the body has no changes";
	const tooDeep = "the body is nested too deeply";

	test.each([
		["nothing", "", "", notJson],
		["text", "hello", "", notJson],
		["half a delivery", '{"entry": [', "", notJson],
		["a form", "object=instagram", "", notJson],
		["null", "null", "", empty],
		["a number", "17841405726653026", "", empty],
		["a string", '"entry"', "", empty],
		["an empty array", "[]", "", empty],
		["an array of arrays", "[[]]", "", empty],
		["an empty object", "{}", "", empty],
		["no entry", '{"object": "instagram"}', "instagram", empty],
		["no entries", '{"object": "page", "entry": []}', "page", empty],
		["entries that are no list", '{"entry": {"0": {}}}', "", empty],
		["an entry without changes", '{"entry": [{"id": "0"}]}', "", empty],
		["an object's name that is none", '{"object": {}}', "", empty],
		[
			"an entry behind __proto__",
			'{"__proto__": {"entry": [{"changes": [{}]}]}}',
			"",
			empty,
		],
		[
			"a nest",
			`{"entry": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
			"",
			tooDeep,
		],
	])("%s", (_name, body, object, problem) => {
		expect(parse(body)).toEqual({ object, changes: [], problem });
	});

	test("bytes that are not UTF-8", () => {
		expect(parseDelivery(Uint8Array.of(0xff, 0xfe, 0x00))).toEqual({
			object: "",
			changes: [],
			problem: notJson,
		});
	});
});

test("bytes that are not UTF-8 inside a text lose only themselves", () => {
	const body = Buffer.from('{"entry": [{"changes": [{"value": "a?b"}]}]}');
	body[body.indexOf("?")] = 0xff;
	expect(parseDelivery(body).changes.map(({ value }) => value)).toEqual([
		"a\ufffdb",
	]);
});

const names = fc.constantFrom(
	..."object entry id time changes changed_fields messaging standby field value message reaction read is_echo mid comment_id toString valueOf constructor __proto__".split(
		" ",
	),
);
const junk = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ depthSize: "medium" },
		names,
		fc.constantFrom(null, true, 0, -1.5, 1e308, "17841405726653026"),
		fc.array(tie("value"), { maxLength: 3 }),
		fc
			.array(fc.tuple(names, tie("value")), { maxLength: 5 })
			.map(Object.fromEntries),
	),
})).value;

test("no bytes make it throw, nor the duplicate key of what it read", () => {
	const bodies = fc.oneof(
		fc.uint8Array(),
		fc.json().map(Buffer.from),
		junk.map((value) => Buffer.from(JSON.stringify(value))),
		junk.map((value) => Buffer.from(JSON.stringify({ entry: [value] }))),
		fc
			.tuple(names, junk)
			.map(([field, value]) =>
				Buffer.from(
					JSON.stringify({ entry: [{ changes: [{ field, value }] }] }),
				),
			),
	);
	fc.assert(
		fc.property(bodies, (body) => {
			const { changes, problem } = parseDelivery(body);
			expect(problem === undefined).toBe(changes.length > 0);
			for (const change of changes) {
				expect(change.time).toBeTypeOf("number");
				expect(duplicateKey(change)).toBeTypeOf("string");
			}
		}),
		{ numRuns: 500 },
	);
});
