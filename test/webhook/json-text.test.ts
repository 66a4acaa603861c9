import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	JsonSyntaxError,
	jsonTokens,
	jsonValue,
	topLevelValues,
} from "../../src/webhook/json-text.ts";

describe("topLevelValues", () => {
	test.each([
		['{"a": 1}', ['{"a": 1}']],
		[' [ {"a" : 1} , 2 ] ', ['{"a" : 1}', "2"]],
		["[]", []],
		["null", ["null"]],
		['"[1]"', ['"[1]"']],
		["[[1, 2], [3]]", ["[1, 2]", "[3]"]],
		["// a\n[1, /* b */ 2, // c\n] // d", ["1", "2"]],
		['{"a": [1,],}', ['{"a": [1,],}']],
		[
			'[{"id": 17841405726653026, "n": 1.0, "2": 0, "1": 0}]',
			['{"id": 17841405726653026, "n": 1.0, "2": 0, "1": 0}'],
		],
		['["\\u0041\\/", {"a": 1, "a": 2}]', ['"\\u0041\\/"', '{"a": 1, "a": 2}']],
		['[{"http://x": "// no comment"}]', ['{"http://x": "// no comment"}']],
	])("%s", (json, values) => {
		expect(topLevelValues(json)).toEqual(values);
	});
});

describe("a syntax error tells what and where", () => {
	test.each([
		["", "a value is missing", 1, 1],
		[" \n\n", "a value is missing", 3, 1],
		["// only", "a value is missing", 1, 8],
		["nope", "a word that is not JSON", 1, 1],
		["NaN", "a word that is not JSON", 1, 1],
		["-", "a word that is not JSON", 1, 1],
		["{'a': 1}", "a word that is not JSON", 1, 2],
		["{a: 1}", "a word that is not JSON", 1, 2],
		["[1]\u00a0", "a word that is not JSON", 1, 4],
		['{\n\t"a": tru\n}', "a word that is not JSON", 2, 7],
		["1.", "a number is incomplete", 1, 1],
		["[\n1e]", "a number is incomplete", 2, 1],
		['{"a":', "a value is missing", 1, 6],
		["[1,, 2]", "a value is missing", 1, 4],
		['{\r\n"a": 1,\r\n"b": }', "a value is missing", 3, 6],
		['{"a" 1}', "a colon is missing", 1, 6],
		['{"a": 1 "b": 2}', "a comma is missing", 1, 9],
		["[1\n2]", "a comma is missing", 2, 1],
		['{"a": 1', "a closing } is missing", 1, 8],
		['[{"a": 1}', "a closing ] is missing", 1, 10],
		['{"a": 1}}', "text follows the end of the JSON", 1, 9],
		['{"a": 1}\n{"b": 2}', "text follows the end of the JSON", 2, 1],
		["01", "text follows the end of the JSON", 1, 2],
		["[1] /* open", "a comment is not closed", 1, 5],
		['["open\n"]', "a string is not closed", 1, 2],
		['["\\u12"]', "a malformed \\u escape", 1, 2],
		['["\\x"]', "an unknown escape in a string", 1, 2],
		['["a\tb"]', "a control character in a string", 1, 2],
	])("%j: %s", (json, problem, line, column) => {
		const message = `${problem} at line ${line}, column ${column}`;
		expect(errorOf(json)).toMatchObject({ problem, line, column, message });
	});

	test.each(["[", '{"a":'])("nesting %s too deeply is one as well", (open) => {
		const deep = `${open.repeat(200_000)}1`;
		expect(errorOf(deep)).toMatchObject({ problem: "nested too deeply" });
	});
});

function errorOf(json: string): JsonSyntaxError {
	try {
		topLevelValues(json);
	} catch (error) {
		if (error instanceof JsonSyntaxError) return error;
		throw error;
	}
	throw new Error("it was taken for JSON");
}

describe("jsonValue", () => {
	test.each([
		[
			'{"a": [1, "x", null,], /* c */ "b": true, } // d',
			'{"a":[1,"x",null],"b":true}',
		],
		['{"b": 1, "a": 2}', '{"b":1,"a":2}'],
		['"\\ud83d\\udc51 \\/ \\u0000 \u2028"', '"👑 / \\u0000 \u2028"'],
		['{"__proto__": {"polluted": true}}', '{"__proto__":{"polluted":true}}'],
	])("%s", (json, printed) => {
		expect(JSON.stringify(jsonValue(json))).toBe(printed);
	});

	test("a __proto__ key is a member like any other", () => {
		const value = jsonValue('{"__proto__": {"polluted": true}}') as object;
		expect(Object.keys(value)).toEqual(["__proto__"]);
		expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
		expect("polluted" in value).toBe(false);
	});

	test("agrees with JSON.parse on all JSON", () => {
		fc.assert(
			fc.property(fc.json(), (json) => {
				const printed = JSON.stringify(jsonValue(json));
				expect(printed).toBe(JSON.stringify(JSON.parse(json)));
			}),
		);
	});
});

test("jsonTokens leave out comments, white space and trailing commas", () => {
	const json = '// a\n{"a/\\u0062": [1.0, null,],\t/* b */}';
	expect(
		[...jsonTokens(json)].map(({ kind, text }) => `${kind} ${text}`),
	).toEqual([
		"other {",
		"string a/b",
		"colon :",
		"other [",
		"number 1.0",
		"comma ,",
		"other null",
		"other ]",
		"other }",
	]);
});

test("any list, spread over lines and commented, splits into its elements", () => {
	fc.assert(
		fc.property(fc.array(fc.jsonValue()), (list) => {
			const text = `// list\n${JSON.stringify(list, null, 2)}`;
			expect(topLevelValues(text).map((json) => JSON.parse(json))).toEqual(
				JSON.parse(JSON.stringify(list)),
			);
		}),
	);
});
