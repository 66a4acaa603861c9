/** Every request of Meta's page "Webhooks for Instagram", as it prints them. */
import { expect, test } from "vitest";
import { graphJson } from "../../src/sandbox/api/graph-json.ts";
import { doesMention } from "../../src/sandbox/simulation/state.ts";
import {
	pageToken,
	startSandbox,
	userToken,
} from "../support/sandbox-world.ts";

test("subscribes the page", async () => {
	const { ask, state } = startSandbox();
	const answer = await ask(
		`POST /v21.0/1755847768034402/subscribed_apps?subscribed_fields=feed&access_token=${pageToken}`,
	);
	expect([answer.status, answer.json]).toEqual([200, { success: true }]);
	expect(state.pages.get("1755847768034402")?.subscribedFields).toEqual([
		"feed",
	]);
});

test.each([
	[
		"the comment that mentions",
		"mentioned_comment.comment_id(17894227972186120)",
		{
			mentioned_comment: {
				timestamp: "2018-03-20T00:05:29+0000",
				text: "@bluebottle challenge?",
				id: "17894227972186120",
			},
			id: "17841405726653026",
		},
	],
	[
		"the caption that mentions",
		"mentioned_media.media_id(17918195224117851){caption,media_type}",
		{
			mentioned_media: {
				caption: "@bluebottle There can be only one!",
				media_type: "IMAGE",
				id: "17918195224117851",
			},
			id: "17841405726653026",
		},
	],
])("shows %s", async (_, fields, expected) => {
	for (const token of [pageToken, userToken]) {
		const { ask } = startSandbox();
		const { status, text } = await ask(
			`GET /17841405726653026?fields=${fields}&access_token=${token}`,
		);
		expect([status, text]).toEqual([200, graphJson(expected)]);
	}
});

test.each([
	[
		"the comment",
		"comment_id=17894227972186120&media_id=17918195224117851&message=Challenge%20accepted!",
		{ text: "Challenge accepted!", parentId: "17894227972186120" },
		"@bluebottle challenge?",
	],
	[
		"the caption",
		"media_id=17918195224117851&message=MacLeod%20agrees!",
		{ text: "MacLeod agrees!" },
		"MacLeod agrees!",
	],
])("answers %s", async (_, body, written, newestAtTheTop) => {
	const { handler, ask, state } = startSandbox();
	const { status, body: answer } = await handler({
		method: "POST",
		target: "/17841405726653026/mentions",
		headers: [["Content-Type", "application/x-www-form-urlencoded"]],
		body: Buffer.from(`${body}&access_token=${pageToken}`),
	});
	expect([status, Buffer.from(answer).toString()]).toEqual([
		200,
		'{"id":"17911496353086895"}',
	]);
	const { text, parentId } = state.comments.get("17911496353086895") ?? {};
	expect({ text, parentId }).toEqual({ parentId: undefined, ...written });
	const { json } = await ask(
		"GET /17841405726653026?fields=mentioned_media.media_id(17918195224117851){comments{text}}",
		{ token: pageToken },
	);
	expect(json.mentioned_media.comments.data[0].text).toBe(newestAtTheTop);
});

test.each([
	["@bluebottle challenge?", true],
	["so @BlueBottle.", true],
	["ask @bluebottle, please", true],
	["@bluebottle.roasters", false],
	["@bluebottles", false],
	["me@bluebottle", false],
	["bluebottle", false],
	[undefined, false],
])("%j mentions bluebottle: %s", (text, expected) => {
	expect(doesMention(text, "bluebottle")).toBe(expected);
});
