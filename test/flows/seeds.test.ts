import { beforeEach, expect, test } from "vitest";
import { createMachine, type Machine } from "../support/memory-world.ts";

/** The payloads exactly as Meta's page "Webhooks for Instagram" prints them. */
const printed = {
	story_insights: `[
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
]`,
	comment: `[
  {
    "entry": [
      {
        "changes": [
          {
            "field": "mentions",
            "value": {
              "comment_id": "17894227972186120",
              "media_id": "17918195224117851"
            }
          }
        ],
        "id": "17841405726653026",
        "time": 1520622968
      }
    ],
    "object": "instagram"
  }
]`,
	caption: `[
  {
    "entry": [
      {
        "changes": [
          {
            "field": "mentions",
            "value": {
              "media_id": "17918195224117851"
            }
          }
        ],
        "id": "17841405726653026",
        "time": 1520622968
      }
    ],
    "object": "instagram"
  }
]`,
};

let machine: Machine;

beforeEach(async () => {
	machine = createMachine({ IGWH_SANDBOX: "1" });
	for (const [name, text] of Object.entries(printed))
		machine.files.set(`${name}.json`, text);
	await machine.start("sandbox");
	await machine.start("listen");
});

test.each([
	[
		"story_insights",
		{
			accountId: "17841405309211844",
			field: "story_insights",
			time: 1547687043,
			value: {
				media_id: "18023345989012587",
				exits: 1,
				replies: 0,
				reach: 17,
				taps_forward: 12,
				taps_back: 0,
				impressions: 28,
			},
		},
	],
	[
		"comment",
		{
			accountId: "17841405726653026",
			field: "mentions",
			time: 1520622968,
			value: {
				comment_id: "17894227972186120",
				media_id: "17918195224117851",
			},
		},
	],
	[
		"caption",
		{
			accountId: "17841405726653026",
			field: "mentions",
			time: 1520622968,
			value: { media_id: "17918195224117851" },
		},
	],
])(
	"%s, pasted, is sent as the object, signed, and received",
	async (name, change) => {
		expect(await machine.run(`replay ${name}.json`)).toMatchObject({ code: 0 });
		const [delivery] = (await machine.run("events --json")).records;
		expect(delivery).toMatchObject({
			object: "instagram",
			signature: { valid: true, algorithm: "sha256" },
			changes: [change],
		});
		const [shown] = (await machine.run("events d1 --json")).records;
		const body = Buffer.from(String(shown?.bodyBase64), "base64").toString();
		expect(body).toMatch(
			/^\{"entry": \[\{"changes": \[.*\], "object": "instagram"\}$/,
		);
	},
);

test("the comment mention is read and answered", async () => {
	await machine.run("replay comment.json");
	expect((await machine.run("lookup --json")).records).toMatchObject([
		{
			kind: "comment",
			igUserId: "17841405726653026",
			commentId: "17894227972186120",
			mediaId: "17918195224117851",
			text: "@bluebottle challenge?",
			timestamp: "2018-03-20T00:05:29+0000",
		},
	]);
	const reply = [
		...["reply", "--comment-id", "17894227972186120"],
		...["--media-id", "17918195224117851"],
		...["--message", "Challenge accepted!", "--json"],
	];
	expect((await machine.run(reply)).records).toMatchObject([
		{ type: "reply", id: "17911496353086895", message: "Challenge accepted!" },
	]);
	expect((await machine.run("lookup")).err).toContain("No unanswered mentions");
});

test("the caption mention is read and answered", async () => {
	await machine.run("replay caption.json");
	expect((await machine.run("lookup --json")).records).toMatchObject([
		{
			kind: "caption",
			mediaId: "17918195224117851",
			text: "@bluebottle There can be only one!",
			media: { mediaType: "IMAGE" },
		},
	]);
	expect(
		(
			await machine.run(
				"reply --media-id 17918195224117851 --message 'MacLeod agrees!' --json",
			)
		).records,
	).toMatchObject([{ type: "reply", id: "17911496353086895" }]);
});
