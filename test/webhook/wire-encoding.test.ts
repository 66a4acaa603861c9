import { execFileSync, spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sign } from "../../src/webhook/signature.ts";
import {
	type WireStyle,
	wireBytes,
	wireStyleOf,
} from "../../src/webhook/wire-encoding.ts";
import { vectorSecret, vectors } from "../support/vectors.ts";

const encode = (json: string, style: WireStyle) =>
	Buffer.from(wireBytes(json, style)).toString();

describe.each(vectors)("$name", ({ wire, bytes, style, sha1, sha256 }) => {
	test("comes out byte for byte, from any spelling of the payload", () => {
		const spellings = [
			wire,
			JSON.stringify(JSON.parse(wire)),
			JSON.stringify(JSON.parse(wire), null, 2),
		];
		for (const spelling of spellings)
			expect(encode(spelling, style)).toBe(wire);
		expect(Buffer.byteLength(wire)).toBe(bytes);
		expect(wireStyleOf(JSON.parse(wire))).toBe(style);
	});

	test("has Meta's signatures", () => {
		expect(sign(Buffer.from(wire), vectorSecret)).toBe(`sha256=${sha256}`);
		expect(sign(Buffer.from(wire), vectorSecret, "sha1")).toBe(`sha1=${sha1}`);
	});
});

test.each([
	[
		"[1.0, 1e5, -0, 0.00001, 1E16, 1e22]",
		"[1.0, 100000.0, 0, 1e-05, 1e+16, 1e+22]",
		"[1,100000,0,1.0e-5,10000000000000000,1.0e+22]",
	],
	[
		"[9223372036854775808, 17841405309211844]",
		"[9223372036854775808, 17841405309211844]",
		"[9.223372036854776e+18,17841405309211844]",
	],
	[
		'{"b":1,/* c */"a":[],"10":{},"2":"\\u0041\\/",}',
		'{"b": 1, "a": [], "10": {}, "2": "A/"}',
		'{"b":1,"a":[],"10":{},"2":"A\\/"}',
	],
	[
		'"\\u007f\\u0080\\u2028\\ud83d\\udc51\\n"',
		'"\\u007f\\u0080\\u2028\\ud83d\\udc51\\n"',
		'"\u007f\\u0080\\u2028\\ud83d\\udc51\\n"',
	],
])("%s", (json, changes, messaging) => {
	expect(encode(json, "changes")).toBe(changes);
	expect(encode(json, "messaging")).toBe(messaging);
});

test("any JSON survives both encodings as pure ASCII", () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			const json = JSON.stringify(value);
			for (const style of ["changes", "messaging"] as const) {
				const wire = encode(json, style);
				expect(wire).toMatch(/^[\0-\x7f]*$/);
				expect(JSON.parse(wire)).toEqual(JSON.parse(json));
			}
		}),
	);
});

const has = (program: string) => spawnSync(program, ["--version"]).status === 0;

/** Payloads of every shape, one a line, but for what the reference cannot read. */
const lines = fc
	.sample(fc.jsonValue({ stringUnit: "binary" }), { numRuns: 500, seed: 7 })
	.map((value) => JSON.stringify(value))
	.filter((json) => !/\\ud[89a-f]/.test(json));

test.each<[unknown, WireStyle]>([
	[null, "changes"],
	["text", "changes"],
	[{}, "changes"],
	[{ entry: [] }, "changes"],
	[{ entry: [null, "messaging", 1] }, "changes"],
	[{ entry: [{ changes: [] }] }, "changes"],
	[{ entry: [{ messaging: [] }] }, "messaging"],
	[{ entry: [{ standby: [] }] }, "messaging"],
	[{ entry: [{ changes: [] }, { messaging: [] }] }, "messaging"],
	[{ entry: { messaging: [] } }, "changes"],
])("%j is written as %s", (payload, style) => {
	expect(wireStyleOf(payload)).toBe(style);
});

test.runIf(has("python3"))("changes equal Python's json.dumps", () => {
	const script =
		"import json,sys\nfor line in sys.stdin: print(json.dumps(json.loads(line)))";
	expectSameLines("changes", "python3", ["-c", script]);
});

test.runIf(has("php"))("messaging equals PHP's json_encode", () => {
	const script =
		'while (($line = fgets(STDIN)) !== false) echo json_encode(json_decode($line)), "\\n";';
	expectSameLines("messaging", "php", ["-r", script]);
});

function expectSameLines(style: WireStyle, program: string, args: string[]) {
	const output = execFileSync(program, args, { input: lines.join("\n") });
	const expected = output.toString().trimEnd().split("\n");
	expect(lines.map((line) => encode(line, style))).toEqual(expected);
}
