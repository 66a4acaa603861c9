import { describe, expect, test } from "vitest";
import { graphJson } from "../../../../src/sandbox/api/graph-json.ts";
import { practiceTokens } from "../../../../src/sandbox/credentials.ts";
import {
	appId,
	appToken,
	igUserId,
	onlyPart,
	pageId,
	pageToken,
	startSandbox,
	userToken,
} from "../../../support/sandbox-world.ts";

const documentation =
	"Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api";
const unsupported = (id: string) =>
	`400 GraphMethodException 100/33: Unsupported get request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. ${documentation}`;
const nonexisting = (field: string, type: string) =>
	`400 OAuthException 100: (#100) Tried accessing nonexisting field (${field}) on node type (${type})`;

const secondPageId = "2043861125870917";
const secondAccountId = "17841405309211844";
const ownMedia = "17955061238374021";
const ownComment = "17870913679156914";
const album = "17963412875096604";
const albumComment = "17858304291647035";

test.each([
	["/me", userToken, { name: "Sandy Sandbox", id: "10150000000000001" }],
	["/me", pageToken, { name: "Bluebottle", id: pageId }],
	[
		`/${appId}`,
		appToken,
		{
			category: "Business",
			link: "https://sandbox.example/app",
			name: "igwh sandbox",
			id: appId,
		},
	],
	[`/${pageId}`, userToken, { name: "Bluebottle", id: pageId }],
	[
		`/${pageId}?fields=instagram_business_account`,
		pageToken,
		{ instagram_business_account: { id: igUserId }, id: pageId },
	],
	[
		`/${pageId}?fields=id,instagram_business_account{username},is_webhooks_subscribed`,
		userToken,
		{
			id: pageId,
			instagram_business_account: { username: "bluebottle", id: igUserId },
			is_webhooks_subscribed: false,
		},
	],
	[`/${pageId}?fields=access_token,picture`, appToken, { id: pageId }],
	[`/${igUserId}`, userToken, { id: igUserId }],
	[
		`/${igUserId}?fields=username,name,media_count,biography`,
		pageToken,
		{
			username: "bluebottle",
			name: "Bluebottle",
			media_count: 2,
			id: igUserId,
		},
	],
	[
		`/${igUserId}/media`,
		pageToken,
		{
			data: [{ id: album }, { id: ownMedia }],
			paging: onlyPart(album, ownMedia),
		},
	],
	[`/${ownMedia}`, pageToken, { id: ownMedia }],
	[
		`/${ownMedia}?fields=caption,media_type,media_product_type,owner,username,timestamp,comments_count,comments{text,from},is_shared_to_feed`,
		userToken,
		{
			caption: "First light, first cup.",
			media_type: "IMAGE",
			media_product_type: "FEED",
			owner: { id: igUserId },
			username: "bluebottle",
			timestamp: "2018-03-12T08:30:00+0000",
			comments_count: 1,
			comments: {
				data: [
					{
						text: "Which beans are these?",
						from: { id: "2817305946120738", username: "duncan.macleod" },
						id: ownComment,
					},
				],
				paging: onlyPart(ownComment),
			},
			id: ownMedia,
		},
	],
	[
		`/${ownComment}`,
		pageToken,
		{
			timestamp: "2018-03-12T09:02:41+0000",
			text: "Which beans are these?",
			id: ownComment,
		},
	],
	[
		`/${albumComment}?fields=media{id,media_type}`,
		pageToken,
		{ media: { id: album, media_type: "CAROUSEL_ALBUM" }, id: albumComment },
	],
	[
		`/${album}?fields=comments,children`,
		pageToken,
		{
			comments: {
				data: [
					{
						timestamp: "2018-03-14T11:47:12+0000",
						text: "The second one, framed, please",
						id: albumComment,
					},
				],
				paging: onlyPart(albumComment),
			},
			children: {
				data: [
					{ id: "17846310592271197" },
					{ id: "17846310592271198" },
					{ id: "17846310592271199" },
				],
			},
			id: album,
		},
	],
	[
		`/${igUserId}?fields=mentioned_comment.comment_id(17894227972186120){id,text,username,media{id,permalink}}`,
		pageToken,
		{
			mentioned_comment: {
				id: "17894227972186120",
				text: "@bluebottle challenge?",
				username: "duncan.macleod",
				media: {
					id: "17918195224117851",
					permalink: "https://www.instagram.com/p/AD-ogO1Zgls/",
				},
			},
			id: igUserId,
		},
	],
	[
		`/${igUserId}/mentioned_media?media_id=17918195224117851&fields=caption,comments{text}`,
		pageToken,
		{
			caption: "@bluebottle There can be only one!",
			comments: {
				data: [{ text: "@bluebottle challenge?", id: "17894227972186120" }],
				paging: onlyPart("17894227972186120"),
			},
			id: "17918195224117851",
		},
	],
	[
		"/me/permissions",
		userToken,
		{
			data: [
				"public_profile",
				"business_management",
				"instagram_basic",
				"instagram_manage_comments",
				"instagram_manage_insights",
				"instagram_manage_messages",
				"pages_manage_metadata",
				"pages_messaging",
				"pages_read_engagement",
				"pages_show_list",
			].map((permission) => ({ permission, status: "granted" })),
		},
	],
	[
		"/me/accounts?fields=name,access_token,instagram_business_account",
		userToken,
		{
			data: [
				{
					name: "Bluebottle",
					access_token: pageToken,
					instagram_business_account: { id: igUserId },
					id: pageId,
				},
				{
					name: "Slow Morning",
					access_token: practiceTokens.secondPage,
					instagram_business_account: { id: secondAccountId },
					id: secondPageId,
				},
			],
			paging: {
				cursors: {
					before: Buffer.from(pageId).toString("base64url"),
					after: Buffer.from(secondPageId).toString("base64url"),
				},
			},
		},
	],
])("GET %s", async (target, token, expected) => {
	const { ask } = startSandbox();
	const { status, text } = await ask(`GET ${target}`, { token });
	expect([status, text]).toEqual([200, graphJson(expected)]);
});

test("/me/accounts shows what Meta's default shows", async () => {
	const { ask } = startSandbox();
	const { json } = await ask("GET /me/accounts", { token: userToken });
	expect(Object.keys(json.data[0])).toEqual([
		"access_token",
		"category",
		"category_list",
		"name",
		"id",
		"tasks",
	]);
});

test("an unlinked page has no instagram_business_account", async () => {
	const { ask, state } = startSandbox();
	const page = state.pages.get(pageId);
	if (page) delete page.accountId;
	const { json } = await ask(
		`GET /${pageId}?fields=instagram_business_account`,
		{ token: pageToken },
	);
	expect(json).toEqual({ id: pageId });
});

describe("refuses", () => {
	test.each([
		[`/${ownMedia}?fields=foo`, pageToken, nonexisting("foo", "IGMedia")],
		[`/${ownComment}?fields=foo`, pageToken, nonexisting("foo", "IGComment")],
		[`/${igUserId}?fields=foo`, pageToken, nonexisting("foo", "IGUser")],
		[`/${pageId}?fields=foo`, pageToken, nonexisting("foo", "Page")],
		["/me?fields=foo", userToken, nonexisting("foo", "User")],
		[`/${appId}?fields=foo`, appToken, nonexisting("foo", "Application")],
		[
			`/${igUserId}?fields=mentioned_comment.comment_id(17894227972186120){replies}`,
			pageToken,
			nonexisting("replies", "IGComment"),
		],
		["/17918195224117851", pageToken, unsupported("17918195224117851")],
		["/17894227972186120", pageToken, unsupported("17894227972186120")],
		[`/${ownMedia}`, practiceTokens.secondPage, unsupported(ownMedia)],
		[`/${igUserId}`, appToken, unsupported(igUserId)],
		["/10150000000000001", pageToken, unsupported("10150000000000001")],
		[
			`/${igUserId}?fields=mentioned_comment`,
			pageToken,
			"400 OAuthException 100: (#100) The parameter comment_id is required.",
		],
		[
			`/${igUserId}?fields=mentioned_comment.comment_id(${ownComment})`,
			pageToken,
			unsupported(ownComment),
		],
		[
			`/${igUserId}?fields=mentioned_media.media_id(${ownMedia})`,
			pageToken,
			unsupported(ownMedia),
		],
		[
			`/${secondAccountId}?fields=mentioned_media.media_id(17918195224117851)`,
			userToken,
			unsupported("17918195224117851"),
		],
		[
			`/${igUserId}`,
			practiceTokens.withoutPermissions,
			"403 OAuthException 200: (#200) Requires instagram_basic permission to manage the object",
		],
	])("GET %s", async (target, token, expected) => {
		const { refusal } = startSandbox();
		expect(await refusal(`GET ${target}`, { token })).toBe(expected);
	});

	test("mentions without instagram_manage_comments", async () => {
		const { refusal, state } = startSandbox();
		state.permissions.set("instagram_manage_comments", "declined");
		expect(
			await refusal(
				`GET /${igUserId}?fields=mentioned_comment.comment_id(17894227972186120)`,
				{ token: userToken },
			),
		).toBe(
			"403 OAuthException 200: (#200) Requires instagram_manage_comments permission to manage the object",
		);
	});
});

describe("lists come in parts", () => {
	/** Answers of two more people under the comment, and what they say under the media. */
	function crowded() {
		const sandbox = startSandbox();
		for (const [id, mediaId, parentId] of [
			["31", ownMedia, ownComment],
			["32", ownMedia, ownComment],
			["33", "17918195224117851", undefined],
			["34", "17918195224117851", "17894227972186120"],
		] as const)
			sandbox.state.comments.set(id, {
				kind: "comment",
				id,
				mediaId,
				...(parentId && { parentId }),
				author: { id: "5", username: "someone" },
				text: "Yes",
				createdAt: 0,
				hidden: false,
			});
		return sandbox.ask;
	}

	test("with `next` while more follows", async () => {
		const ask = crowded();
		const first = await ask(`GET /${ownComment}/replies?fields=id&limit=1`, {
			token: pageToken,
		});
		expect(first.json).toEqual({
			data: [{ id: "31" }],
			paging: {
				...onlyPart("31"),
				next: `http://127.0.0.1:7302/v25.0/${ownComment}/replies?access_token=${pageToken}&fields=id&limit=1&after=MzE`,
			},
		});
		const { after } = first.json.paging.cursors;
		const { json } = await ask(
			`GET /${ownComment}?fields=replies.limit(1).after(${after}){id}`,
			{ token: pageToken },
		);
		expect(json.replies).toEqual({
			data: [{ id: "32" }],
			paging: {
				...onlyPart("32"),
				previous: expect.stringContaining("before="),
			},
		});
	});

	test("without `next` below mentioned media, where no answers are listed", async () => {
		const ask = crowded();
		const read = async (modifiers: string) => {
			const { json } = await ask(
				`GET /${igUserId}?fields=mentioned_media.media_id(17918195224117851){comments${modifiers}{id}}`,
				{ token: pageToken },
			);
			return json.mentioned_media.comments;
		};
		const first = await read(".limit(1)");
		expect(first).toEqual({ data: [{ id: "33" }], paging: onlyPart("33") });
		const { after } = first.paging.cursors;
		expect(await read(`.limit(5).after(${after})`)).toMatchObject({
			data: [{ id: "17894227972186120" }],
		});
	});
});
