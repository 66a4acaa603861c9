import fc from "fast-check";
import { expect, test } from "vitest";
import { batchOf } from "../../src/payloads/batch.ts";
import { readCapture } from "../../src/payloads/capture.ts";
import { setMember, unsetMember } from "../../src/payloads/edit-payload.ts";
import { readFixture } from "../../src/payloads/fixture.ts";
import { isKeptNumber } from "../../src/payloads/kept-when-redacted.ts";
import { editPayload } from "../../src/payloads/payload-edits.ts";
import { prettyJson } from "../../src/payloads/pretty-json.ts";
import { createRedaction } from "../../src/payloads/redact.ts";
import { freshIds, freshTimes } from "../../src/payloads/refresh.ts";
import { compactJson, jsonTokens } from "../../src/webhook/json-text.ts";

/** Literals that a parser would round, shorten or write in another way. */
const literal = fc.oneof(
	fc.constantFrom("1.0", "-0", "1e2", "1E+400", "17841405309211845", "0.10"),
	fc.bigInt().map(String),
	fc
		.tuple(fc.bigInt(), fc.nat(), fc.integer({ min: -400, max: 400 }))
		.map(([whole, part, exponent]) => `${whole}.${part}e${exponent}`),
);

const payload = fc
	.tuple(literal, fc.array(literal, { maxLength: 5 }))
	.map(
		([first, rest]) =>
			`{"object":"instagram","entry":[{"id":"17841405309211844","time":5,"changes":[{"field":"x","value":{"n":${first},"deep":[{"list":[${rest.join(",")}]}]}}]}]}`,
	);

/** The numbers of a text, as written, but for the time that is to change. */
const numbersOf = (json: string) =>
	[...jsonTokens(json.replace(/"time":\s*\d+/g, '"time":null'))].flatMap(
		({ kind, text }) => (kind === "number" ? text : []),
	);

const captured = (json: string) => {
	const value = /"value":(.*)\}\]\}\]\}$/.exec(json)?.[1];
	const line = `{"type":"delivery","id":"d1","object":"instagram","changes":[{"accountId":"1","field":"x","time":5,"value":${value}}]}`;
	return readCapture(line)?.[0]?.json ?? "";
};

test.each<[string, (json: string) => string]>([
	["--set", (json) => setMember(json, "entry.0.changes.0.field=y")],
	["--set of a new member", (json) => setMember(json, "a.0.b=c")],
	["--unset", (json) => unsetMember(json, "object")],
	[
		"--now",
		(json) => editPayload(json, [freshTimes(() => 1_760_000_000_000)])(),
	],
	["--new-ids", (json) => editPayload(json, [freshIds(() => 7n)])()],
	["--batch 1", (json) => batchOf(json, 1)],
	["--encoding compact", compactJson],
	["a fixture", (json) => readFixture(json)[0]?.json ?? ""],
	["a capture", captured],
	["export", prettyJson],
])("%s leaves numbers as written", (_name, change) => {
	fc.assert(
		fc.property(payload, (json) => {
			expect(numbersOf(change(json))).toEqual(numbersOf(json));
		}),
	);
});

test("each copy of a batch has the numbers as written", () => {
	fc.assert(
		fc.property(payload, fc.integer({ min: 1, max: 4 }), (json, count) => {
			const numbers = numbersOf(json);
			const batch = batchOf(json, count);
			expect(numbersOf(batch)).toEqual(Array(count).fill(numbers).flat());
		}),
	);
});

test("the latest of very many times becomes now", () => {
	const json = `[${'{"time":5},'.repeat(200_000)}{"time":6}]`;
	const moved = editPayload(json, [freshTimes(() => 60_000)])();
	expect(moved.endsWith('{"time":60}]')).toBe(true);
});

test("redaction leaves the numbers that it keeps as written", () => {
	fc.assert(
		fc.property(literal, (number) => {
			const json = `{"impressions":${number}}`;
			const isKept = isKeptNumber("impressions", number);
			expect(createRedaction()(json, 1) === json).toBe(isKept);
		}),
	);
});
