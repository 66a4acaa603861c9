import { describe, expect, test } from "vitest";
import {
	listParameter,
	readGraphCall,
} from "../../../src/sandbox/api/graph-call.ts";

function call(target: string, contentType = "", body = "") {
	return readGraphCall({
		method: "post",
		target,
		headers: [["content-type", contentType]],
		body: Buffer.from(body),
	});
}

test.each([
	["/v21.0/me", "v21.0", ["me"]],
	["/me", "v25.0", ["me"]],
	["/v26.0", "v26.0", []],
	["/v3.2/me", "v21.0", ["me"]],
	["/v99.0/me", "v25.0", ["v99.0", "me"]],
	["//v25.0//1//subscribed_apps/", "v25.0", ["1", "subscribed_apps"]],
	["/%E0%A4%A/x%20y", "v25.0", ["%E0%A4%A", "x y"]],
	["", "v25.0", []],
])("%s is served by %s as %j", async (target, version, path) => {
	expect(await call(target)).toMatchObject({ method: "POST", version, path });
});

describe("parameters", () => {
	const form = "application/x-www-form-urlencoded; charset=utf-8";
	test.each([
		["of the query", "/me?a=1&b=%40x&c=", "", "", { a: "1", b: "@x" }],
		["of a form", "/me?a=1", form, "a=2&b=c+d", { a: "2", b: "c d" }],
		["of a body without a type", "/me", "", "a=2", { a: "2" }],
		[
			"of JSON, its numbers exact",
			"/me?a=1",
			"application/json",
			'{"id": 17918195224117851, "on": true, "off": null, "list": ["a", "b"]}',
			{ a: "1", id: "17918195224117851", on: "true", list: '["a","b"]' },
		],
		["of JSON that is no object", "/me", "application/json", "[1]", {}],
	])("%s", async (_, target, contentType, body, expected) => {
		const { parameters } = await call(target, contentType, body);
		expect(Object.fromEntries(parameters)).toEqual(expected);
	});

	test.each([
		["a brace", "{"],
		["single quotes", "{'a': 1}"],
		["a trailing comma", '{"a": 1,}'],
		["endless nesting", "[".repeat(200_000)],
	])("malformed JSON is refused: %s", async (_, body) => {
		await expect(call("/me", "application/json", body)).rejects.toThrow(
			"(#100) The request body is not valid JSON.",
		);
	});

	test.each([
		["feed, mention,", ["feed", "mention"]],
		['["feed","mention"]', ["feed", "mention"]],
		["[feed", ["[feed"]],
		["", []],
	])("the list %s is %j", async (text, expected) => {
		const target = `/me?fields=${encodeURIComponent(text)}`;
		expect(listParameter(await call(target), "fields")).toEqual(expected);
	});
});

test.each([
	["/me?access_token=T", "Bearer U", "T"],
	["/me", "Bearer U", "U"],
	["/me", "bearer  U", "U"],
	["/me", "Basic U", undefined],
])("the token of %s with %s is %s", async (target, authorization, token) => {
	const read = await readGraphCall({
		method: "GET",
		target,
		headers: [["Authorization", authorization]],
		body: new Uint8Array(),
	});
	expect(read.token).toBe(token);
});
