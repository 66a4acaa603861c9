import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { describeChange } from "../../src/deliveries/describe-change.ts";
import { parseDelivery } from "../../src/webhook/delivery.ts";

test.each([
	[
		"comments",
		"@ana.roasts: Is the café open on Sunday? ☕👀 9/10 would come again",
	],
	["comments-ad", "@ana.roasts (ad Summer roast): Do you ship to Canada?"],
	["comments-reply", "@ana.roasts (reply, reels): @bluebottle thank you!"],
	["live_comments", "@ana.roasts (live): Hello from Lisbon 👋"],
	[
		"mentions",
		"mentioned in comment 17894227972186120 on media 17918195224117851",
	],
	["mentions-caption", "mentioned in the caption of media 17918195224117851"],
	[
		"story_insights",
		"story 18023345989012587: reach 17, impressions 28, replies 0, exits 1",
	],
	[
		"messages",
		"from 1038467215904837: Where are you? 🙂 maps.example/bluebottle",
	],
	["message_echoes", "to 1038467215904837: 1355 Market St"],
	[
		"message_edit",
		"from 1038467215904837: edited (1) to: Where are you on Sunday?",
	],
	["message_reactions", "from 1038467215904837: reacted ❤️"],
	[
		"messaging_handover",
		"from 1038467215904837: conversation passed to app 491028375610294 (to a person)",
	],
	["messaging_optins", "from 1038467215904837: opted in to Roast of the month"],
	[
		"messaging_policy_enforcement",
		"policy warning: Messages were sent outside the allowed window (https://developers.facebook.com/policy/)",
	],
	[
		"messaging_postbacks",
		"from 1038467215904837: pressed “Talk to a person” (TALK_TO_PERSON)",
	],
	[
		"messaging_referral",
		"from 1038467215904837: referred by shortlink poster-12",
	],
	["messaging_seen", "from 1038467215904837: read the message"],
	["response_feedback", "from 1038467215904837: feedback: Good response"],
	["standby", "from 1038467215904837: Thanks, I will wait"],
])("%s reads: %s", (name, said) => {
	const body = readFileSync(`fixtures/${name}.json`);
	expect(parseDelivery(body).changes.map(describeChange)).toEqual([said]);
});

test.each([
	[{ message: { mid: "m", is_deleted: true } }, "deleted a message"],
	[
		{ message: { mid: "m", is_unsupported: true } },
		"a message of an unsupported type",
	],
	[
		{ message: { text: "look", attachments: [{ type: "story_mention" }] } },
		"look + a story that mentions you",
	],
	[
		{
			message: {
				attachments: [{ type: "image" }, { type: "video" }],
				reply_to: { story: { id: "1" } },
			},
		},
		"an image + a video (reply to a story)",
	],
	[{ message: { text: "hi", referral: { ad_id: "1" } } }, "hi (from an ad)"],
	[{ reaction: { mid: "m", action: "unreact" } }, "removed a reaction"],
	[
		{ app_roles: { 123: ["primary_receiver"] } },
		"roles: app 123 primary_receiver",
	],
	[{ message: { attachments: [{ type: "constructor" }] } }, "a constructor"],
	[{}, "an event without text"],
	[undefined, "an event without text"],
])("%j reads: %s", (value, said) => {
	const change = { accountId: "1", field: "messages", time: 0, value };
	expect(describeChange(change)).toBe(said);
});
