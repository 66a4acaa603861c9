import { expect, test } from "vitest";
import { prettyJson } from "../../src/payloads/pretty-json.ts";
import { redactJson } from "../../src/payloads/redact.ts";
import { wireBytes } from "../../src/webhook/wire-encoding.ts";
import { vectors } from "../support/vectors.ts";

test.each([
	['{"id":"17841400000000001"}', '{"id":"10000000000000001"}'],
	['{"id":17841400000000001}', '{"id":10000000000000001}'],
	['{"id":"12345","media_id":"12345"}', '{"id":"10001","media_id":"10001"}'],
	['{"time":1760000000,"id":"0"}', '{"time":1760000000,"id":"0"}'],
	['{"timestamp":"1527459824"}', '{"timestamp":"1527459824"}'],
	['{"text":"hi","text2":""}', '{"text":"text 1","text2":""}'],
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
		'{"reach":44,"exits":-1,"ok":true,"x":null}',
		'{"reach":44,"exits":-1,"ok":true,"x":null}',
	],
	[
		'{"tags":["ann","{"],"after":"ann"}',
		'{"tags":["tags 1","tags 2"],"after":"after 1"}',
	],
	['{"a":{"b":"x"},"c":"y"}', '{"a":{"b":"b 1"},"c":"c 1"}'],
])("%s", (json, redacted) => {
	expect(redactJson(json)).toBe(redacted);
});

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
