import { describe, expect, test } from "vitest";
import {
	EditError,
	setMember,
	unsetMember,
} from "../../src/payloads/edit-payload.ts";

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
	["path", "it takes path=value"],
	["=1", "it takes path=value"],
	["a..b=1", "a..b is not a path such as entry.0.id"],
	["object.x=1", "object.x leads through something without members"],
	["object:=x", "x is not JSON"],
])("--set %s: %s", (typed, message) => {
	expect(() => setMember(json, typed)).toThrow(new EditError(message));
});

test("nothing can be taken where nothing is", () => {
	expect(() => unsetMember(json, "entry.7")).toThrow(
		new EditError("nothing stands there"),
	);
});
