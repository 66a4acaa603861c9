import { describe, expect, test } from "vitest";
import { type Payload, readFixture } from "../../src/payloads/fixture.ts";
import { parseDelivery } from "../../src/webhook/delivery.ts";
import { instagramFields } from "../../src/webhook/fields.ts";
import { wireBytes, wireStyleOf } from "../../src/webhook/wire-encoding.ts";
import { fixtureNames, fixtureText, vectors } from "../support/vectors.ts";

const payloadOf = (name: string) =>
	readFixture(fixtureText(name))[0] as Payload;

function wireOf(name: string): string {
	const { json, value } = payloadOf(name);
	return Buffer.from(wireBytes(json, wireStyleOf(value))).toString();
}

/** `seed-mentions-caption.jsonc` is of the field `mentions`. */
const fieldOf = (name: string) =>
	name.replace(/^seed-/, "").replace(/[-.].*$/, "");

describe.each(fixtureNames)("%s", (name) => {
	const account = name.endsWith("-test.json")
		? "0"
		: name.includes("story_insights")
			? "17841405309211844"
			: "17841405726653026";

	test("is one payload of its own field", () => {
		expect(readFixture(fixtureText(name))).toHaveLength(1);
		expect(parseDelivery(Buffer.from(wireOf(name)))).toEqual({
			object: "instagram",
			changes: [
				{
					accountId: account,
					field: fieldOf(name),
					time: expect.any(Number),
					value: expect.any(Object),
				},
			],
		});
	});

	test("goes out in its field's encoding, its time in that one's unit", () => {
		const { container } = instagramFields[fieldOf(name)] ?? {};
		const expected =
			container === "changes" || account === "0" ? "changes" : "messaging";
		const [change] = parseDelivery(Buffer.from(wireOf(name))).changes;
		const inMilliseconds = (change?.time ?? 0) > 1e12;
		expect(wireStyleOf(payloadOf(name).value)).toBe(expected);
		expect(inMilliseconds).toBe(expected === "messaging");
	});
});

test("the README has a row for every file, and none besides", () => {
	const row = /^\| `([^`]+)` +\| .+ \| (?:live|documented|synthetic) +\|$/gm;
	const listed = [...fixtureText("README.md").matchAll(row)];
	expect(listed.map(([, name]) => name).sort()).toEqual(
		[...fixtureNames].sort(),
	);
});

test.each(Object.keys(instagramFields))("%s has a fixture", (field) => {
	expect(fixtureNames).toContain(`${field}.json`);
});

test.each([
	[
		"mentions.json",
		'{"entry": [{"id": "17841405726653026", "time": 1520622968, "changes": [{"value": {"media_id": "17918195224117851", "comment_id": "17894227972186120"}, "field": "mentions"}]}], "object": "instagram"}',
	],
	[
		"mentions-caption.json",
		'{"entry": [{"id": "17841405726653026", "time": 1520622968, "changes": [{"value": {"media_id": "17918195224117851"}, "field": "mentions"}]}], "object": "instagram"}',
	],
	["mentions-test.json", vectors[2].wire],
	[
		"story_insights.json",
		'{"entry": [{"id": "17841405309211844", "time": 1547687043, "changes": [{"value": {"media_id": "18023345989012587", "impressions": 28, "reach": 17, "taps_forward": 12, "taps_back": 0, "exits": 1, "replies": 0}, "field": "story_insights"}]}], "object": "instagram"}',
	],
	[
		"comments.json",
		String.raw`{"entry": [{"id": "17841405726653026", "time": 1760000000, "changes": [{"value": {"from": {"id": "1038467215904837", "username": "ana.roasts"}, "media": {"id": "17905822316347149", "media_product_type": "FEED"}, "id": "17865801427093316", "text": "Is the caf\u00e9 open on Sunday? \u2615\ud83d\udc40 9/10 would come again"}, "field": "comments"}]}], "object": "instagram"}`,
	],
	[
		"messages.json",
		String.raw`{"object":"instagram","entry":[{"time":1760000000123,"id":"17841405726653026","messaging":[{"sender":{"id":"1038467215904837"},"recipient":{"id":"17841405726653026"},"timestamp":1760000000001,"message":{"mid":"aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlEOjAwMQ","text":"Where are you? \ud83d\ude42 maps.example\/bluebottle"}}]}]}`,
	],
	[
		"messages-test.json",
		'{"entry": [{"id": "0", "time": 1760000000, "changes": [{"field": "messages", "value": {"sender": {"id": "12334"}, "recipient": {"id": "23245"}, "timestamp": "1527459824", "message": {"mid": "random_mid", "text": "random_text"}}}]}], "object": "instagram"}',
	],
	[
		"seed-story_insights.jsonc",
		'{"entry": [{"changes": [{"field": "story_insights", "value": {"media_id": "18023345989012587", "exits": 1, "replies": 0, "reach": 17, "taps_forward": 12, "taps_back": 0, "impressions": 28}}], "id": "17841405309211844", "time": 1547687043}], "object": "instagram"}',
	],
])("%s on the wire", (name, wire) => {
	expect(wireOf(name)).toBe(wire);
});

test.each(["mentions", "mentions-caption", "story_insights"])(
	"%s says what Meta's page says",
	(name) => {
		expect(payloadOf(`${name}.json`).value).toEqual(
			payloadOf(`seed-${name}.jsonc`).value,
		);
	},
);

test("the page's own indentation and spaces make no difference", () => {
	const printed = `[
  {
    "entry": [
      {
        "changes": [
          {
            "field": "story_insights",
            "value": {
              "media_id": "18023345989012587",
              "exits": 1,
              "replies": 0,
              "reach": 17,
              "taps_forward": 12,
              "taps_back": 0,
              "impressions": 28
            }
          }
        ],
        "id": "17841405309211844",  // Instagram Business or Creator Account ID
        "time": 1547687043
      }
    ],
    "object": "instagram"
  }
]`;
	const [{ json }] = readFixture(printed) as [Payload];
	expect(Buffer.from(wireBytes(json, "changes")).toString()).toBe(
		wireOf("seed-story_insights.jsonc"),
	);
});
