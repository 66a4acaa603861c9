import { expect, test } from "vitest";
import { batchOf } from "../../src/payloads/batch.ts";
import { setMember } from "../../src/payloads/edit-payload.ts";
import {
	editPayload,
	type TextEdit,
} from "../../src/payloads/payload-edits.ts";
import { freshIds, freshTimes } from "../../src/payloads/refresh.ts";

const json =
	'{"entry":[{"id":"17841405726653026","time":5,"changes":[{"id":"17900000000000000","n":1.0}]}]}';

const set = (typed: string): TextEdit & { calls: number } => ({
	calls: 0,
	apply(text) {
		this.calls++;
		return setMember(text, typed);
	},
});

test("no edits leave the text as written", () => {
	expect(editPayload(json, [])()).toBe(json);
});

test("edits apply in order", () => {
	const edited = editPayload(json, [set("a=1"), set("a=2"), set("b=3")])();
	expect(edited).toBe(json.replace(/\}$/, ',"a":2,"b":3}'));
});

test("edits before the first that varies apply once, those after it each time", () => {
	const [before, after] = [set("a=1"), set("b=2")];
	let shift = 0n;
	const make = editPayload(json, [before, freshIds(() => ++shift), after]);
	expect([make(), make()]).toEqual(
		["17900000000000001", "17900000000000002"].map((id) =>
			json.replace("17900000000000000", id).replace(/\}$/, ',"a":1,"b":2}'),
		),
	);
	expect([before.calls, after.calls]).toEqual([1, 2]);
});

test("an edit that varies sees the values of the one before it", () => {
	const make = editPayload('{"timestamp":"10000000000000005"}', [
		freshIds(() => 5n),
		{
			prepare:
				() =>
				() =>
				({ text }) =>
					JSON.stringify(`${text}!`),
		},
	]);
	expect(make()).toBe('{"timestamp":"10000000000000010!"}');
});

test("new ids, times and a batch of the result", () => {
	const make = editPayload(json, [
		freshIds(() => 1n),
		freshTimes(() => 60_000),
		{ apply: (text) => batchOf(text, 2) },
	]);
	const one = (id: string) =>
		`{"id":"17841405726653026","time":60,"changes":[{"id":"${id}","n":1.0}]}`;
	expect(make()).toBe(
		`{"entry":[${one("17900000000000001")},${one("17900000001000004")}]}`,
	);
});
