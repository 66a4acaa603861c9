import { describe, expect, test } from "vitest";
import {
	EditError,
	setMember,
	unsetMember,
} from "../../src/payloads/edit-payload.ts";
import { jsonValue } from "../../src/webhook/json-text.ts";

const json = `{
	"entry": [
		{ "id": "17841405726653026", "time": 1520622968, "changes": [{ "value": { "text": "hi", "n": 1.0 } }] }
	],
	"object": "instagram" // as written
}`;

/** What is typed, and what the text says where it stood. */
describe.each([
	["object=page", '"object": "page"'],
	["entry.0.id=1", '"id": "1"'],
	["entry[0].id=17841400000000001", '"id": "17841400000000001"'],
	["entry.0.id:=5", '"id": 5'],
	["entry.0.time=1760000000", '"time": 1760000000'],
	["entry.0.time=soon", '"time": "soon"'],
	["entry.0.time=null", '"time": null'],
	['entry.0.time={"a":[1, 2]}', '"time": {"a":[1, 2]}'],
	["entry.0.time=[1]", '"time": [1]'],
	["entry.0.time=90071992547409931234", '"time": 90071992547409931234'],
	["entry.0.changes.0.value.text=a=b", '"text": "a=b"'],
	["entry.0.changes.0.value.text=", '"text": ""'],
	['entry.0.changes.0.value.text="quoted"', '"text": "quoted"'],
	["entry.0.changes.0.value.n=2.0", '"n": 2.0'],
	["entry.0.changes.0.value.text=$&$1", '"text": "$&$1"'],
])("--set %s", (typed, written) => {
	test("changes that and nothing else", () => {
		const edited = setMember(json, typed);
		expect(edited).toContain(written);
		const [, before, after] =
			/^(.*)("object"|"id"|"time"|"text"|"n"): .*$/s.exec(json) ?? [];
		expect(before && after).toBeTruthy();
		expect(edited).toContain("// as written");
		expect(edited.split("\n")).toHaveLength(json.split("\n").length);
	});
});

test.each([
	["new=1", { new: 1 }],
	["id.parts=17841400000000001", { id: { parts: "17841400000000001" } }],
	["a.b.c=true", { a: { b: { c: true } } }],
	["list.0.x=y", { list: [{ x: "y" }] }],
	["ok=hello world", { ok: "hello world" }],
])("--set %s makes what is missing", (typed, expected) => {
	expect(JSON.parse(setMember("{}", typed))).toEqual(expected);
});

test("digits name a member where an object has it", () => {
	expect(setMember('{"a":{"0":1}}', "a.0=2")).toBe('{"a":{"0":2}}');
});

test("an element is put behind the last", () => {
	expect(setMember('{"a":[1]}', "a.1=2").replace(/\s/g, "")).toBe(
		'{"a":[1,2]}',
	);
});

test.each([
	["entry.0.changes", '"changes"'],
	["entry.0", '"id"'],
	["object", '"object"'],
])("--unset %s", (path, gone) => {
	const edited = unsetMember(json, path);
	expect(edited).not.toContain(gone);
	expect(edited).toContain("entry");
});

test.each([
	["path", "expected path=value"],
	["=1", "expected path=value"],
	["a..b=1", "a..b is not a path such as entry.0.id"],
	[
		"object.x=1",
		"object.x leads through a value that is neither object nor array",
	],
	["object:=x", "x is not JSON"],
])("--set %s: %s", (typed, message) => {
	expect(() => setMember(json, typed)).toThrow(new EditError(message));
});

test("nothing can be taken where nothing is", () => {
	expect(() => unsetMember(json, "entry.7")).toThrow(
		new EditError("no value at that path"),
	);
});

test.each([
	["x=https://x//y", '{"x":"https://x//y"}'],
	["x=[1] // c", '{"x":"[1] // c"}'],
	['x={"a":1} /* c', '{"x":"{\\"a\\":1} /* c"}'],
	["x=1,", '{"x":"1,"}'],
])(
	"--set %s: what reads as JSON only with a comment is a text",
	(typed, json) => {
		expect(setMember("{}", typed)).toBe(json);
	},
);

test("what is forced to be JSON has no comments", () => {
	expect(() => setMember("{}", "x:=[1] // c")).toThrow(
		new EditError("[1] // c is not JSON"),
	);
});

describe("two edits of one missing element", () => {
	test("make one", () => {
		const once = setMember('{"entry":[{}]}', "entry.1.id=a");
		expect(setMember(once, "entry.1.time=2")).toBe(
			'{"entry":[{},{"id":"a","time":2}]}',
		);
	});

	test.each([
		['{"entry":[{}]}', "entry.5.id=1", "entry.5.id", 1],
		["{}", "list.1=1", "list.1", 0],
		['{"a":[]}', "a.0.1=1", "a.0.1", 0],
	])("%s --set %s: none beyond the end", (json, typed, path, next) => {
		expect(() => setMember(json, typed)).toThrow(
			new EditError(
				`${path} is beyond the end of its array: the next index is ${next}`,
			),
		);
	});
});

describe("of members with one name", () => {
	const twice = '{"a":1,"o":{"a":1},"a":2,"o":{"a":3}}';

	test.each([
		["a=9", '{"a":1,"o":{"a":1},"a":9,"o":{"a":3}}'],
		["o.a=9", '{"a":1,"o":{"a":1},"a":2,"o":{"a":9}}'],
		["o.b=9", '{"a":1,"o":{"a":1},"a":2,"o":{"a":3,"b":9}}'],
	])("--set %s changes the last, which parsers keep", (typed, edited) => {
		expect(setMember(twice, typed)).toBe(edited);
	});

	test.each([
		["a", '{"o":{"a":1},"o":{"a":3}}'],
		["o.a", '{"a":1,"o":{"a":1},"a":2,"o":{}}'],
	])("--unset %s takes each", (path, edited) => {
		expect(unsetMember(twice, path)).toBe(edited);
	});
});

test.each([
	['{"a":[1,2,3]}', "a.0", '{"a":[2,3]}'],
	['{"a":[1,2,3]}', "a.2", '{"a":[1,2]}'],
	['{"a":[1,],}', "a.0", '{"a":[],}'],
	['{"a":1,}', "a", "{}"],
	['{"a":1,"b":2,}', "b", '{"a":1,}'],
	['{"a":1, // one\n"b":2}', "a", '{"b":2}'],
])("%s --unset %s leaves JSON", (json, path, edited) => {
	expect(unsetMember(json, path)).toBe(edited);
});

test("what is added behind a trailing comma leaves JSON", () => {
	expect(jsonValue(setMember('{"a":[1,],}', "a.1=2"))).toEqual({ a: [1, 2] });
	expect(jsonValue(setMember('{"a":1, // one\n}', "b=2"))).toEqual({
		a: 1,
		b: 2,
	});
});
