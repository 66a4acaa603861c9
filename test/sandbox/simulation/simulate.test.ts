import { describe, expect, test } from "vitest";
import { instagramFields } from "../../../src/webhook/fields.ts";
import {
	igUserId,
	pageToken,
	startSandbox,
	userToken,
} from "../../support/sandbox-world.ts";

const id = expect.stringMatching(/^17\d{15}$/);
const secondAccountId = "17841405309211844";
const ownMedia = "17955061238374021";
const stranger = { id, username: "nora.lindqvist" };

async function trigger(json: unknown) {
	const sandbox = startSandbox();
	await sandbox.subscribe();
	const answer = await sandbox.ask("POST /sandbox/trigger", { json });
	const look = async (target: string) =>
		(await sandbox.ask(`GET ${target}`, { token: userToken })).json;
	return { ...sandbox, look, value: answer.json.value, result: answer.json };
}

describe("makes happen", () => {
	test.each([
		[
			{ field: "comments" },
			{
				from: stranger,
				media: { id: ownMedia, media_product_type: "FEED" },
				id,
				text: "Is that the new roast? ☕",
			},
		],
		[
			{ field: "comments", text: "Hi", from: "@Duncan.MacLeod", ad: false },
			{
				from: { id: "2817305946120738", username: "duncan.macleod" },
				media: { id: ownMedia, media_product_type: "FEED" },
				id,
				text: "Hi",
			},
		],
		[
			{ field: "comments", from: "bluebottle", text: "me" },
			{
				from: {
					id: igUserId,
					username: "bluebottle",
					self_ig_scoped_id: "7340916258037142",
				},
				media: { id: ownMedia, media_product_type: "FEED" },
				id,
				text: "me",
			},
		],
		[
			{ field: "comments", ad: true, text: "How much?" },
			{
				from: stranger,
				media: {
					id,
					media_product_type: "AD",
					ad_id: id,
					ad_title: "The new roast is here",
					original_media_id: ownMedia,
				},
				id,
				text: "How much?",
			},
		],
		[
			{ field: "live_comments" },
			{
				from: stranger,
				media: { id, media_product_type: "LIVE" },
				id,
				text: "Hello from the front row 👋",
			},
		],
		[{ field: "mentions" }, { media_id: id, comment_id: id }],
		[{ field: "mentions", caption: "at @bluebottle" }, { media_id: id }],
	])("%j", async (input, value) => {
		const { result } = await trigger(input);
		expect(result).toEqual({
			field: input.field,
			accountId: igUserId,
			value,
			delivery: { url: "http://127.0.0.1:7300/webhook", status: 200, ms: 0 },
			gates: [],
		});
		expect(Object.keys(result.value)).toEqual(Object.keys(value));
	});

	test("to another account", async () => {
		const { result } = await trigger({
			field: "comments",
			accountId: secondAccountId,
		});
		expect(result).toMatchObject({
			accountId: secondAccountId,
			value: { media: { id: "17881290467513368" } },
			delivery: { status: 200 },
		});
	});
});

describe("can be looked up afterwards:", () => {
	test("a comment", async () => {
		const { value, look } = await trigger({ field: "comments", text: "Hi" });
		expect(await look(`/${value.id}?fields=from,text,media,timestamp`)).toEqual(
			{
				from: value.from,
				text: "Hi",
				media: { id: ownMedia },
				timestamp: "2026-11-21T09:30:00+0000",
				id: value.id,
			},
		);
	});

	test("a mention in a comment", async () => {
		const { value, look } = await trigger({ field: "mentions", text: "hey" });
		expect(
			await look(
				`/${igUserId}?fields=mentioned_comment.comment_id(${value.comment_id}){text,media{id,username}}`,
			),
		).toMatchObject({
			mentioned_comment: {
				text: "@bluebottle hey",
				media: { id: value.media_id, username: "highlander.films" },
			},
		});
	});

	test("a mention in a caption, which can be answered", async () => {
		const { value, look, ask } = await trigger({
			field: "mentions",
			caption: "look, @bluebottle!",
			from: "nora",
		});
		await ask(`POST /${igUserId}/mentions`, {
			token: pageToken,
			form: { media_id: value.media_id, message: "Lovely" },
		});
		expect(
			await look(
				`/${igUserId}?fields=mentioned_media.media_id(${value.media_id}){caption,username,comments{text,username}}`,
			),
		).toMatchObject({
			mentioned_media: {
				caption: "look, @bluebottle!",
				username: "nora",
				comments: { data: [{ text: "Lovely", username: "bluebottle" }] },
			},
		});
	});

	test("a comment mention can be answered too", async () => {
		const { value, refusal } = await trigger({ field: "mentions" });
		expect(
			await refusal(`POST /${igUserId}/mentions`, {
				token: pageToken,
				form: { ...value, message: "We do" },
			}),
		).toBe('200 {"id":"17911496353086895"}');
	});
});

describe("story_insights", () => {
	test("tell of Meta's story first, small numbers as -1", async () => {
		const { value, ask, look } = await trigger({
			field: "story_insights",
			accountId: secondAccountId,
		});
		expect(value).toEqual({
			media_id: "18023345989012587",
			impressions: 28,
			reach: 17,
			taps_forward: 12,
			taps_back: -1,
			exits: -1,
			replies: -1,
		});
		const { json } = await ask("POST /sandbox/trigger", {
			json: { field: "story_insights", accountId: secondAccountId },
		});
		expect(json.value.media_id).toEqual(id);
		expect(
			await look(`/${json.value.media_id}?fields=media_product_type`),
		).toEqual({ media_product_type: "STORY", id: json.value.media_id });
	});

	test("of other stories are plausible", async () => {
		const { ask } = await trigger({ field: "story_insights" });
		for (let story = 0; story < 50; story++) {
			const { json } = await ask("POST /sandbox/trigger", {
				json: { field: "story_insights" },
			});
			const { media_id, ...metrics } = json.value;
			expect(media_id).toEqual(id);
			for (const count of Object.values<number>(metrics))
				expect(count === -1 || count >= 5).toBe(true);
			expect(metrics.impressions).toBeGreaterThanOrEqual(metrics.reach);
			expect(metrics.reach).toBeGreaterThan(metrics.taps_forward);
		}
	});
});

test("the same person, ad and live video come again", async () => {
	const { ask, value } = await trigger({ field: "comments", ad: true });
	const happen = async (json: object) =>
		(await ask("POST /sandbox/trigger", { json })).json.value;
	const again = await happen({ field: "comments", ad: true });
	expect([again.from, again.media]).toEqual([value.from, value.media]);
	const live = await happen({ field: "live_comments" });
	expect((await happen({ field: "live_comments" })).media).toEqual(live.media);
});

test("a closed gate stops the delivery, not the event", async () => {
	const { ask, sent, log, state } = startSandbox({ closedGates: ["app-live"] });
	const { json } = await ask("POST /sandbox/trigger", {
		json: { field: "comments" },
	});
	expect(json).toMatchObject({
		delivery: null,
		gates: [
			{ id: "app-subscription" },
			{ id: "field-subscription" },
			{ id: "page-subscription" },
			{ id: "app-live" },
		],
	});
	expect(sent).toEqual([]);
	expect(state.comments.has(json.value.id)).toBe(true);
	expect(log[0]).toEqual({
		type: "gate",
		field: "comments",
		accountId: igUserId,
		gates: json.gates,
	});
});

test.each([
	[{}, "The parameter field is required."],
	["null", "The parameter field is required."],
	["{", "The request body is not valid JSON."],
	["", "The request body is not valid JSON."],
	[
		{ field: "toString" },
		`Param field must be one of {${Object.keys(instagramFields).join(", ")}} - got "toString".`,
	],
	[
		{ field: "mentions", accountId: "42" },
		`Param accountId must be one of {${igUserId}, ${secondAccountId}} - got "42".`,
	],
	[
		{ field: "mentions", accountId: 42 },
		"Param accountId must be a non-empty string.",
	],
	[{ field: "comments", text: " " }, "Param text must be a non-empty string."],
	[{ field: "comments", ad: "yes" }, "Param ad must be a boolean."],
	[
		{ field: "comments", caption: "x" },
		"Param caption means nothing to comments; it takes {field, accountId, text, from, ad, album, count, batch, duplicate, shuffle}.",
	],
	[
		{ field: "story_insights", text: "x" },
		"Param text means nothing to story_insights; it takes {field, accountId, low, count, batch, duplicate, shuffle}.",
	],
	[
		{ field: "comments", from: "no body" },
		"Param from must be an Instagram username: letters, digits, _ and ., 30 at most.",
	],
	[
		{ field: "mentions", text: "x", caption: "y" },
		"Params text and caption exclude each other: a mention is in a comment or in a caption.",
	],
	[
		{ field: "mentions", from: "bluebottle" },
		"Param from must be another account: bluebottle cannot mention itself.",
	],
])("%j is refused", async (json, message) => {
	const { refusal, state } = startSandbox();
	const before = state.comments.size;
	expect(await refusal("POST /sandbox/trigger", { json })).toBe(
		`400 OAuthException 100: (#100) ${message}`,
	);
	expect(state.comments.size).toBe(before);
});
