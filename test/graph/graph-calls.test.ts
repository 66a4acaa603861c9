import { expect, test } from "vitest";
import { Secret } from "../../src/config/secret.ts";
import { listPages } from "../../src/graph/accounts.ts";
import {
	answerComment,
	listReplies,
	readOwnComment,
} from "../../src/graph/comments.ts";
import {
	exchangeInstagramToken,
	exchangeUserToken,
} from "../../src/graph/exchange-token.ts";
import type { GraphCall } from "../../src/graph/graph-call.ts";
import {
	answerMention,
	listMentionedMediaComments,
	readMentionedComment,
	readMentionedMedia,
} from "../../src/graph/mentions.ts";
import {
	deletePageSubscription,
	readPageSubscription,
	writePageSubscription,
} from "../../src/graph/subscribed-apps.ts";
import {
	deleteAppSubscription,
	readAppSubscription,
	writeAppSubscription,
} from "../../src/graph/subscriptions.ts";

const callback = {
	callbackUrl: "https://a.example/webhook",
	verifyToken: "v",
	fields: ["comments", "mentions"],
};

test.each<[GraphCall<unknown>, string, Record<string, string>, string]>([
	[readPageSubscription("1"), "GET /1/subscribed_apps", {}, "page"],
	[
		writePageSubscription("1755847768034402", ["feed", "mention"]),
		"POST /1755847768034402/subscribed_apps",
		{ subscribed_fields: "feed,mention" },
		"page",
	],
	[deletePageSubscription("1"), "DELETE /1/subscribed_apps", {}, "page"],
	[readAppSubscription("2"), "GET /2/subscriptions", {}, "app"],
	[
		writeAppSubscription("2", callback),
		"POST /2/subscriptions",
		{
			object: "instagram",
			callback_url: "https://a.example/webhook",
			verify_token: "v",
			fields: "comments,mentions",
			include_values: "true",
		},
		"app",
	],
	[
		deleteAppSubscription("2"),
		"DELETE /2/subscriptions",
		{ object: "instagram" },
		"app",
	],
	[
		listPages(),
		"GET /me/accounts",
		{
			fields: "id,name,access_token,instagram_business_account{id,username}",
			limit: "100",
		},
		"user",
	],
	[
		exchangeUserToken({
			token: new Secret("EAAshort"),
			appId: "2",
			appSecret: new Secret("hush"),
		}),
		"GET /oauth/access_token",
		{
			grant_type: "fb_exchange_token",
			client_id: "2",
			client_secret: "hush",
			fb_exchange_token: "EAAshort",
		},
		"app",
	],
	[
		exchangeInstagramToken(new Secret("hush")),
		"GET /access_token",
		{ grant_type: "ig_exchange_token", client_secret: "hush" },
		"user",
	],
	[
		readMentionedComment("17841405726653026", "17894227972186120"),
		"GET /17841405726653026",
		{
			fields:
				"mentioned_comment.comment_id(17894227972186120){id,text,timestamp,username,media{id,media_type,permalink,username}}",
		},
		"page",
	],
	[
		readMentionedMedia("17841405726653026", "17918195224117851"),
		"GET /17841405726653026",
		{
			fields:
				"mentioned_media.media_id(17918195224117851){id,caption,media_type,permalink,username,timestamp,comments.limit(50){id,text,username,timestamp}}",
		},
		"page",
	],
	[
		answerMention("3", { mediaId: "4", commentId: "5" }, "Challenge accepted!"),
		"POST /3/mentions",
		{ media_id: "4", comment_id: "5", message: "Challenge accepted!" },
		"page",
	],
	[
		answerMention("3", { mediaId: "4" }, "MacLeod agrees!"),
		"POST /3/mentions",
		{ media_id: "4", message: "MacLeod agrees!" },
		"page",
	],
	[
		readOwnComment("5"),
		"GET /5",
		{
			fields:
				"id,text,timestamp,username,from,parent_id,media{id,media_type,media_product_type,permalink}",
		},
		"page",
	],
	[
		listMentionedMediaComments("3", "4", "MTc"),
		"GET /3",
		{
			fields:
				"mentioned_media.media_id(4){comments.limit(100).after(MTc){id,text,username,timestamp}}",
		},
		"page",
	],
	[
		listReplies("5"),
		"GET /5/replies",
		{ fields: "id,text,username,timestamp", limit: "100" },
		"page",
	],
	[
		listReplies("5", "MTc"),
		"GET /5/replies",
		{ fields: "id,text,username,timestamp", limit: "100", after: "MTc" },
		"page",
	],
	[
		answerComment("5", "thanks"),
		"POST /5/replies",
		{ message: "thanks" },
		"page",
	],
])("%#: %s", ({ method, path, parameters, token }, line, expected, whose) => {
	expect([`${method} ${path}`, parameters, token]).toEqual([
		line,
		expected,
		whose,
	]);
});

test.each([
	["not installed", { data: [] }, []],
	["installed without fields", { data: [{ id: "7" }] }, []],
	[
		"subscribed",
		{ data: [{ id: "7", subscribed_fields: ["feed"] }] },
		["feed"],
	],
])("a page's subscription: %s", (_, answer, fields) => {
	expect(readPageSubscription("1").read(answer)).toEqual(fields);
});

test.each([
	["none", { data: [] }, undefined],
	[
		"only another object's",
		{ data: [{ object: "page", callback_url: "x" }] },
		undefined,
	],
	[
		"fields with versions",
		{
			data: [
				{
					object: "instagram",
					callback_url: "https://a.example",
					active: true,
					fields: [{ name: "comments", version: "v25.0" }],
				},
			],
		},
		{ callbackUrl: "https://a.example", active: true, fields: ["comments"] },
	],
	[
		"plain field names, as old samples have them",
		{
			data: [
				{
					object: "instagram",
					callback_url: "https://a.example",
					active: false,
					fields: ["mentions"],
				},
			],
		},
		{ callbackUrl: "https://a.example", active: false, fields: ["mentions"] },
	],
])("the app's subscription: %s", (_, answer, subscription) => {
	expect(readAppSubscription("2").read(answer)).toEqual(subscription);
});

test("a comment's author comes as username or inside from", () => {
	const { read } = readOwnComment("5");
	expect(
		read({ id: "5", text: "hi", from: { id: "9", username: "nora" } }),
	).toMatchObject({ username: "nora" });
	expect(read({ id: "5", text: "hi", username: "nora" })).toMatchObject({
		username: "nora",
	});
});

test("page tokens of the list do not print", () => {
	const { items: pages } = listPages().read({
		data: [
			{
				id: "1",
				name: "A",
				access_token: "EAAhush",
				instagram_business_account: { id: "178" },
			},
			{ id: "2", name: "B" },
		],
	});
	expect(JSON.stringify(pages)).not.toContain("hush");
	expect(pages.map(({ id, igUserId }) => [id, igUserId])).toEqual([
		["1", "178"],
		["2", undefined],
	]);
});

test.each([
	["there are more", { cursors: { after: "x" }, next: "https://…" }, "x"],
	["these are the last", { cursors: { after: "x" } }, undefined],
	["nothing is said", undefined, undefined],
])("a list of pages: %s", (_, paging, after) => {
	expect(listPages().read({ data: [], paging })).toEqual({ items: [], after });
	expect(listPages(after).parameters.after).toBe(after);
});

const parts = { data: [{ id: "1", text: "a" }] };
const cursors = { after: "MTc" };
const mentioned = (comments: unknown) => ({ mentioned_media: { comments } });

test.each([
	[
		"replies, more",
		listReplies("5"),
		{ ...parts, paging: { cursors, next: "https://a.example" } },
		"MTc",
	],
	[
		"replies, the end",
		listReplies("5"),
		{ ...parts, paging: { cursors } },
		undefined,
	],
	// These lists never have `next`.
	[
		"comments, a cursor",
		listMentionedMediaComments("3", "4"),
		mentioned({ ...parts, paging: { cursors } }),
		"MTc",
	],
	[
		"comments, no cursor",
		listMentionedMediaComments("3", "4"),
		mentioned(parts),
		undefined,
	],
	[
		"comments, an empty part",
		listMentionedMediaComments("3", "4"),
		mentioned({ data: [], paging: { cursors } }),
		undefined,
	],
	[
		"comments, none",
		listMentionedMediaComments("3", "4"),
		mentioned(undefined),
		undefined,
	],
])("the next part of %s", (_, call, answer, after) => {
	const part = call.read(answer);
	expect(part.after).toBe(after);
});
