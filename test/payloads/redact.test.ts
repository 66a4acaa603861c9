import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readFixture } from "../../src/payloads/fixture.ts";
import { prettyJson } from "../../src/payloads/pretty-json.ts";
import { createRedaction } from "../../src/payloads/redact.ts";
import { parseDelivery } from "../../src/webhook/delivery.ts";
import { wireBytes } from "../../src/webhook/wire-encoding.ts";
import { vectors } from "../support/vectors.ts";

const redactJson = (json: string) => createRedaction()(json, 0);

test.each([
	['{"id":"17841400000000001"}', '{"id":"10000000000000001"}'],
	['{"id":17841400000000001}', '{"id":10000000000000001}'],
	['{"id":"12345","media_id":"12345"}', '{"id":"10001","media_id":"10001"}'],
	['{"id":"12345","media_id":12345}', '{"id":"10001","media_id":10001}'],
	['{"time":1760000000,"id":"0"}', '{"time":1760000000,"id":"0"}'],
	['{"timestamp":"1527459824"}', '{"timestamp":"1527459824"}'],
	['{"timestamp":1760000000001}', '{"timestamp":1760000000001}'],
	['{"text":"hi","title":""}', '{"text":"text 1","title":""}'],
	[
		'[{"username":"ann"},{"username":"bob"},{"username":"ann"}]',
		'[{"username":"user_1"},{"username":"user_2"},{"username":"user_1"}]',
	],
	['{"mid":"aWdfZAG1"}', '{"mid":"mid 1"}'],
	['{"url":"https://cdn.test/a.jpg"}', '{"url":"https://example.com/1"}'],
	[
		'{"field":"comments","object":"instagram"}',
		'{"field":"comments","object":"instagram"}',
	],
	[
		'{"reach":44,"exits":-1,"is_echo":true,"text":null}',
		'{"reach":44,"exits":-1,"is_echo":true,"text":null}',
	],
	[
		'{"from":["ann","{"],"title":"ann"}',
		'{"from":["from 1","from 2"],"title":"from 1"}',
	],
	['{"reaction":"love","emoji":"❤️"}', '{"reaction":"love","emoji":"❤️"}'],
	[
		'{"reaction":"Ann","emoji":"Ann"}',
		'{"reaction":"reaction 1","emoji":"reaction 1"}',
	],
])("%s", (json, redacted) => {
	expect(redactJson(json)).toBe(redacted);
});

test.each([
	["numbers anywhere", '{"owner":17841400000000001}'],
	["numbers in lists", '{"users":[17841400000000001,5550100]}'],
	["phone numbers", '{"phone":5550100}'],
	["small numbers of an unknown name", '{"age":42}'],
	["fractions", '{"latitude":52.520008}'],
	["large counts", '{"reach":17841400000000001}'],
	["words under a time", '{"timestamp":"Ann Smith"}'],
	["ids under a time", '{"timestamp":"17841400000000001"}'],
	["words under a type", '{"type":"Ann Smith","media_type":"Ann"}'],
	["words under a field", '{"field":"Ann Smith","object":"Ann"}'],
	["ids as names", '{"app_roles":{"491028375610294":["primary_receiver"]}}'],
	["people as names", '{"ann_smith":1}'],
	["what an object inherits", '{"constructor":"toString"}'],
])("%s do not stay", (_, json) => {
	const redacted = redactJson(json);
	const personal =
		/ann|smith|1784140|4910283|5550100|42|52\.5|toString|constructor|age|latitude/i;
	expect(json).toMatch(personal);
	expect(redacted).not.toMatch(personal);
	expect(redactJson(json)).toBe(redacted);
	JSON.parse(redacted);
});

test("roles stay, the apps that have them do not", () => {
	expect(
		redactJson('{"app_roles":{"491028375610294":["primary_receiver"]}}'),
	).toBe('{"app_roles":{"100000000000001":["primary_receiver"]}}');
});

test("what is the same in two deliveries stays the same, what is not does not", () => {
	const redact = createRedaction();
	const comment = (id: number, username: string) =>
		JSON.stringify({ from: { username }, id: `1790000000000000${id}` });
	expect([
		redact(comment(1, "ann"), 12),
		redact(comment(2, "bob"), 13),
		redact(comment(1, "ann"), 14),
	]).toEqual([
		'{"from":{"username":"user_12.1"},"id":"10000000012000001"}',
		'{"from":{"username":"user_13.1"},"id":"10000000013000001"}',
		'{"from":{"username":"user_12.1"},"id":"10000000012000001"}',
	]);
});

test("two runs make no two things the same", () => {
	const json = (id: string) => `{"id":"${id}","text":"${id}"}`;
	expect(createRedaction()(json("17900000000000001"), 1)).not.toBe(
		createRedaction()(json("17900000000000002"), 2),
	);
});

test("whatever the JSON, no text of it stays that is not on the list, and what differed differs", () => {
	// No word of igwh's or Meta's has a Q.
	const word = fc.string({ minLength: 3 }).map((text) => `Q${text}Q`);
	// What stands for an id begins with a 1.
	const id = fc
		.bigInt({ min: 2n * 10n ** 14n, max: 10n ** 15n - 1n })
		.map(String);
	const name = fc.oneof(
		word,
		id,
		fc.constantFrom("id", "text", "type", "timestamp", "time", "reach", "from"),
	);
	const { json } = fc.letrec<{ json: unknown }>((tie) => ({
		json: fc.oneof(
			{ depthSize: "small" },
			word,
			id,
			fc.array(tie("json"), { maxLength: 3 }),
			fc.dictionary(name, tie("json"), { maxKeys: 4 }),
		),
	}));
	fc.assert(
		fc.property(json, (value) => {
			const source = JSON.stringify(value);
			const redacted = redactJson(source);
			const before = stringsOf(JSON.parse(source));
			const after = stringsOf(JSON.parse(redacted));
			expect(after.length).toBe(before.length);
			const pairs = new Map(before.map((text, at) => [text, after[at]]));
			expect(after).toEqual(before.map((text) => pairs.get(text)));
			expect(new Set(pairs.values()).size).toBe(pairs.size);
			for (const text of before)
				if (!kept.has(text)) expect(after).not.toContain(text);
		}),
		{ numRuns: 1000 },
	);
});

const kept = new Set([
	"id",
	"text",
	"type",
	"timestamp",
	"time",
	"reach",
	"from",
]);

/** Every string, names of members included, in order. */
function stringsOf(value: unknown): string[] {
	if (typeof value === "string") return [value];
	if (typeof value !== "object" || value === null) return [];
	return Object.entries(value).flatMap(([name, inner]) => [
		...(Array.isArray(value) ? [] : [name]),
		...stringsOf(inner),
	]);
}

test.each(vectors)(
	"$name, printed for people, is sent as it came",
	({ wire, style }) => {
		expect(Buffer.from(wireBytes(prettyJson(wire), style)).toString()).toBe(
			wire,
		);
		expect(prettyJson(wire)).toMatch(/^[\t\n -~]+$/);
	},
);

test("a line for every member, none for what is empty", () => {
	expect(prettyJson('{"a":[],"b":{},"c":[1,{"d":"\u00e9"}]}')).toBe(
		'{\n\t"a": [],\n\t"b": {},\n\t"c": [\n\t\t1,\n\t\t{\n\t\t\t"d": "\\u00e9"\n\t\t}\n\t]\n}',
	);
});

test.each(readdirSync("fixtures").filter((name) => /\.jsonc?$/.test(name)))(
	"%s keeps the names of its members and what it is",
	(file) => {
		const payloads = readFixture(readFileSync(`fixtures/${file}`, "utf8"));
		for (const { json, value } of payloads) {
			const redacted = JSON.parse(redactJson(json));
			expect(formOf(redacted)).toEqual(formOf(value));
			const fieldsOf = (payload: unknown) =>
				parseDelivery(Buffer.from(JSON.stringify(payload))).changes.map(
					({ field, time }) => [field, time],
				);
			expect(fieldsOf(redacted)).toEqual(fieldsOf(value));
		}
	},
);

/** The names of its members and the kinds of its values. */
function formOf(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(formOf);
	if (typeof value !== "object" || value === null) return typeof value;
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]) => [name, formOf(inner)]),
	);
}

test("the oldest values are forgotten first, and get another replacement then", () => {
	// Each needs 44 characters for its value and 8 for its replacement.
	const redact = createRedaction(3 * 52);
	const users = (...names: string[]) =>
		JSON.stringify(names.map((username) => ({ username })));
	const redacted = (delivery: number, ...names: string[]) =>
		(JSON.parse(redact(users(...names), delivery)) as { username: string }[])
			.map(({ username }) => username)
			.join(" ");
	expect(redacted(1, "a", "b", "c", "a")).toBe(
		"user_1.1 user_1.2 user_1.3 user_1.1",
	);
	expect(redacted(2, "d", "b", "c")).toBe("user_2.1 user_1.2 user_1.3");
	expect(redacted(3, "a", "d")).toBe("user_3.1 user_2.1");
	expect(redacted(4, "b")).toBe("user_4.1");
});
