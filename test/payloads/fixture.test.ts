import { describe, expect, test } from "vitest";
import {
	FixtureError,
	type Payload,
	readFixture,
} from "../../src/payloads/fixture.ts";

const payload = (json: string, value: Payload["value"]): Payload => ({
	json,
	value,
});
const one = payload('{"entry":[1]}', { entry: [1] });
const two = payload('{"entry":[2]}', { entry: [2] });

test.each([
	["one object", '{"entry":[1]}', [one]],
	["white space around it", '\n\t {"entry":[1]}\r\n', [one]],
	["a byte order mark", '\uFEFF{"entry":[1]}', [one]],
	["the array of Meta's pages", '[{"entry":[1]}, {"entry":[2]}]', [one, two]],
	["comments", '// a\n[{"entry":[1]}, /* b */] // c', [one]],
	["one a line", '{"entry":[1]}\n{"entry":[2]}\n', [one, two]],
	["one a line, CRLF", '{"entry":[1]}\r\n{"entry":[2]}\r\n', [one, two]],
	["blank lines between", '\n{"entry":[1]}\n\n \n{"entry":[2]}', [one, two]],
	["an array a line", '[{"entry":[1]}]\n[{"entry":[2]}]', [one, two]],
	["no entries", '{"entry": []}', [payload('{"entry": []}', { entry: [] })]],
	[
		"numbers, key order and escapes as written",
		'[{"object":"\\u0069","entry":[1.0, 17841405726653026]}]',
		[
			payload('{"object":"\\u0069","entry":[1.0, 17841405726653026]}', {
				object: "i",
				entry: [1, 17841405726653026],
			}),
		],
	],
	[
		"comments inside a payload",
		'{"entry": [1,], // last\n}',
		[payload('{"entry": [1,], // last\n}', { entry: [1] })],
	],
])("%s", (_name, text, payloads) => {
	expect(readFixture(text)).toEqual(payloads);
});

describe("what holds no payload", () => {
	test.each([
		["", "it is not JSON: a value is missing at line 1, column 1"],
		["\r\n", "it is not JSON: a value is missing at line 2, column 1"],
		["[]", "it holds an empty array"],
		["hello", "it is not JSON: a word that is not JSON at line 1, column 1"],
		[
			'{\n\t"entry": [\n\t\t{"id" "0"}\n\t]\n}',
			"it is not JSON: a colon is missing at line 3, column 9",
		],
		[
			'{"entry":[1]}\n{"entry":[2}\n',
			"it is not JSON: a comma is missing at line 2, column 12",
		],
		[
			'{"entry":[1]}\r\n\r\n{"entry":[2]}\r\nhello',
			"it is not JSON: a word that is not JSON at line 4, column 1",
		],
		["null", "it is not a JSON object"],
		['"entry"', "it is not a JSON object"],
		["[[]]", "it is not a JSON object"],
		["{}", "it has no entry list, so it is not a webhook payload"],
		[
			'{"entry":{"0":1}}',
			"it has no entry list, so it is not a webhook payload",
		],
		[
			'{"__proto__":{"entry":[]}}',
			"it has no entry list, so it is not a webhook payload",
		],
		['[{"entry":[]},7]', "payload 2 of 2 is not a JSON object"],
		[
			'{"entry":[]}\n{"text":"hi"}',
			"payload 2 of 2 has no entry list, so it is not a webhook payload",
		],
	])("%j", (text, message) => {
		expect(() => readFixture(text)).toThrow(new FixtureError(message));
	});

	test("a nest", () => {
		expect(() => readFixture("[".repeat(200_000))).toThrow(
			new FixtureError("it is not JSON: nested too deeply at line 1, column 1"),
		);
	});
});
