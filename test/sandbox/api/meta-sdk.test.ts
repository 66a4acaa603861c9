import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
	practiceTokens,
	sandboxInstagramLogin,
} from "../../../src/sandbox/credentials.ts";
import { serveOnLoopback } from "../../../src/system/http-server.ts";
import type { Listening } from "../../../src/world.ts";
import {
	metaSdk,
	pointMetaSdkTo,
	type SdkClass,
	type SdkNode,
} from "../../support/meta-sdk.ts";
import {
	appId,
	appToken,
	callbackUrl,
	igUserId,
	pageId,
	pageToken,
	startSandbox,
	userToken,
	verifyToken,
} from "../../support/sandbox-world.ts";

const cup = "17955061238374021";
const album = "17963412875096604";
const comment = "17870913679156914";
const story = "18023345989012587";

let server: Listening;
let running: ReturnType<typeof startSandbox>;
/** Nothing of the SDK is changed but the host. */
beforeEach(async () => {
	running = startSandbox();
	server = await serveOnLoopback(running.handler, {
		port: 0,
		maxBodyBytes: 1e6,
	});
	pointMetaSdkTo(server.url);
});
afterEach(() => server.close());

const api = (token: string) =>
	new metaSdk.FacebookAdsApi(token, "en_US", false);
const node = (type: string, id: string, token: string): SdkNode =>
	new (metaSdk[type] as SdkClass)(id, {}, undefined, api(token));

/** Plain data of what the SDK read: one node or a list. */
const dataOf = (read: unknown): unknown =>
	Array.isArray(read)
		? read.map((item) => item._data)
		: (read as SdkNode)._data;

const reads: [string, string, string, string, unknown[], unknown][] = [
	[
		"Page",
		pageId,
		pageToken,
		"get",
		[["name", "instagram_business_account"]],
		{
			name: "Bluebottle",
			instagram_business_account: { id: igUserId },
			id: pageId,
		},
	],
	[
		"User",
		"me",
		userToken,
		"get",
		[["name"]],
		{ name: "Sandy Sandbox", id: "10150000000000001" },
	],
	[
		"User",
		"me",
		userToken,
		"getAccounts",
		[["name", "tasks"]],
		[
			expect.objectContaining({ name: "Bluebottle" }),
			expect.objectContaining({ name: "Slow Morning" }),
		],
	],
	[
		"User",
		"me",
		userToken,
		"getPermissions",
		[[]],
		expect.arrayContaining([
			{ permission: "instagram_basic", status: "granted" },
		]),
	],
	["Page", pageId, pageToken, "getSubscribedApps", [[]], []],
	[
		"Application",
		appId,
		appToken,
		"get",
		[["name"]],
		{ name: "igwh sandbox", id: appId },
	],
	["Application", appId, appToken, "getSubscriptions", [[]], []],
	[
		"IGUser",
		igUserId,
		pageToken,
		"get",
		[["username", "website", "biography"]],
		{ username: "bluebottle", id: igUserId },
	],
	[
		"IGUser",
		igUserId,
		pageToken,
		"get",
		[["mentioned_comment.comment_id(17894227972186120){text}"]],
		expect.objectContaining({
			mentioned_comment: expect.objectContaining({
				text: "@bluebottle challenge?",
			}),
		}),
	],
	[
		"IGUser",
		igUserId,
		pageToken,
		"get",
		[["mentioned_media.media_id(17918195224117851){caption}"]],
		expect.objectContaining({
			mentioned_media: expect.objectContaining({
				caption: "@bluebottle There can be only one!",
			}),
		}),
	],
	[
		"IGUser",
		igUserId,
		pageToken,
		"get",
		[["business_discovery.username(slowmorning){media_count}"]],
		expect.objectContaining({
			business_discovery: { media_count: 1, id: "17841405309211844" },
		}),
	],
	[
		"IGUser",
		igUserId,
		pageToken,
		"getMedia",
		[["media_type"], { limit: 1 }],
		[{ media_type: "CAROUSEL_ALBUM", id: album }],
	],
	[
		"IGUser",
		igUserId,
		pageToken,
		"getTags",
		[["username"]],
		[{ username: "highlander.films", id: "17918195224117851" }],
	],
	["IGUser", igUserId, pageToken, "getLiveMedia", [[]], []],
	[
		"IGUser",
		"17841405309211844",
		practiceTokens.secondPage,
		"getStories",
		[[]],
		[{ id: story }],
	],
	[
		"IGUser",
		igUserId,
		pageToken,
		"getInsights",
		[[], { metric: ["reach"], period: "day" }],
		[expect.objectContaining({ name: "reach" })],
	],
	[
		"IGMedia",
		cup,
		pageToken,
		"get",
		[["caption", "like_count", "alt_text"]],
		{ caption: "First light, first cup.", like_count: 0, id: cup },
	],
	[
		"IGMedia",
		cup,
		pageToken,
		"getComments",
		[["text"]],
		[{ text: "Which beans are these?", id: comment }],
	],
	[
		"IGMedia",
		album,
		pageToken,
		"getChildren",
		[["media_type"]],
		[
			{ media_type: "IMAGE", id: "17846310592271197" },
			expect.anything(),
			expect.anything(),
		],
	],
	[
		"IGMedia",
		cup,
		pageToken,
		"getInsights",
		[[], { metric: ["reach", "saved"] }],
		[
			expect.objectContaining({ name: "reach" }),
			expect.objectContaining({ name: "saved" }),
		],
	],
	["IGMedia", cup, pageToken, "getCollaborators", [[]], []],
	[
		"IGComment",
		comment,
		pageToken,
		"get",
		[["text", "media", "from"]],
		expect.objectContaining({
			text: "Which beans are these?",
			media: { id: cup },
		}),
	],
	["IGComment", comment, pageToken, "getReplies", [[]], []],
];

test.each(reads)(
	"%s %s, with %s: %s %j",
	async (type, id, token, method, parameters, expected) => {
		const read = await node(type, id, token)[method]?.(...parameters);
		expect(dataOf(read)).toEqual(expected);
	},
);

/** What a call answers, or its error as `code/subcode`. */
async function outcome(work: Promise<unknown> | undefined): Promise<unknown> {
	try {
		const answer = (await work) as SdkNode;
		return answer._data ?? answer;
	} catch (error) {
		const { code, error_subcode } = (
			error as { response: { code: number; error_subcode?: number } }
		).response;
		return error_subcode === undefined ? code : `${code}/${error_subcode}`;
	}
}

describe("writes", () => {
	test("a page's subscription", async () => {
		const page = () => node("Page", pageId, pageToken);
		expect(
			await outcome(
				page().createSubscribedApp?.([], {
					subscribed_fields: ["feed", "mention"],
				}),
			),
		).toMatchObject({ success: true });
		expect(dataOf(await page().getSubscribedApps?.([]))).toMatchObject([
			{ id: appId, subscribed_fields: ["feed", "mention"] },
		]);
		expect(await outcome(page().deleteSubscribedApps?.())).toEqual({
			success: true,
		});
		expect(
			await outcome(
				page().createSubscribedApp?.([], { subscribed_fields: ["comments"] }),
			),
		).toBe(100);
		expect(
			await outcome(
				node("Page", pageId, userToken).createSubscribedApp?.([], {
					subscribed_fields: ["feed"],
				}),
			),
		).toBe(210);
	});

	test("the app's subscriptions", async () => {
		const app = (token: string = appToken) => node("Application", appId, token);
		const subscription = {
			object: "instagram",
			callback_url: callbackUrl,
			fields: ["comments"],
			include_values: true,
			verify_token: verifyToken,
		};
		expect(
			await outcome(app().createSubscription?.([], subscription)),
		).toMatchObject({ success: true });
		expect(dataOf(await app().getSubscriptions?.([]))).toMatchObject([
			{ object: "instagram", fields: [{ name: "comments", version: "v24.0" }] },
		]);
		expect(
			await outcome(
				app().createSubscription?.([], {
					...subscription,
					verify_token: "wrong",
				}),
			),
		).toBe(2200);
		expect(
			await outcome(app(userToken).createSubscription?.([], subscription)),
		).toBe(15);
		expect(
			await outcome(app().deleteSubscriptions?.({ object: "instagram" })),
		).toEqual({ success: true });
	});

	test("comments: write, answer, hide, delete, switch off", async () => {
		const media = () => node("IGMedia", cup, pageToken);
		const { id } = (await outcome(
			media().createComment?.([], { message: "Ours" }),
		)) as { id: string };
		const ours = () => node("IGComment", id, pageToken);
		expect(
			await outcome(ours().createReply?.([], { message: "And more" })),
		).toMatchObject({ id: expect.stringMatching(/^17\d{15}$/) });
		expect(await outcome(ours().update?.([], { hide: true }))).toMatchObject({
			success: true,
		});
		expect(dataOf(await ours().get?.(["hidden"]))).toMatchObject({
			hidden: true,
		});
		expect(await outcome(ours().delete?.([]))).toEqual({ success: true });
		expect(await outcome(ours().get?.(["text"]))).toBe("100/33");
		expect(
			await outcome(media().update?.([], { comment_enabled: false })),
		).toMatchObject({ success: true });
	});

	test("an answer to a mention", async () => {
		const account = node("IGUser", igUserId, pageToken);
		expect(
			await outcome(
				account.createMention?.([], {
					media_id: "17918195224117851",
					comment_id: "17894227972186120",
					message: "Now?",
				}),
			),
		).toMatchObject({ id: "17911496353086895" });
	});

	test("a private reply", async () => {
		const { json } = await running.ask("POST /sandbox/trigger", {
			json: { field: "comments" },
		});
		const reply = {
			recipient: { comment_id: json.value.id },
			message: { text: "Hello" },
		};
		const send = () =>
			outcome(node("Page", pageId, pageToken).createMessage?.([], reply));
		expect(await send()).toMatchObject({ recipient_id: json.value.from.id });
		expect(await send()).toBe(10900);
	});
});

test("the publishing limit, where the person granted publishing", async () => {
	const limit = () =>
		node("IGUser", igUserId, pageToken).getContentPublishingLimit?.([]);
	expect(await outcome(limit())).toBe(200);
	running.state.permissions.set("instagram_content_publish", "granted");
	expect(dataOf(await limit())).toEqual([{ quota_usage: 0 }]);
});

test("a cursor reads a list to its end, and back", async () => {
	const cursor = (await node("IGUser", igUserId, pageToken).getMedia?.(["id"], {
		limit: 1,
	})) as unknown as {
		hasNext(): boolean;
		hasPrevious(): boolean;
		next(): Promise<SdkNode[]>;
		previous(): Promise<SdkNode[]>;
	} & SdkNode[];
	expect(dataOf([...cursor])).toEqual([{ id: album }]);
	expect(dataOf([...(await cursor.next())])).toEqual([{ id: cup }]);
	expect(cursor.hasNext()).toBe(false);
	expect(dataOf([...(await cursor.previous())])).toEqual([{ id: album }]);
});

test("several nodes by their ids", async () => {
	const found = await (
		metaSdk.IGMedia as unknown as {
			getByIds(...parameters: unknown[]): Promise<unknown>;
		}
	).getByIds([cup, album], ["media_type"], {}, api(pageToken));
	// The SDK takes each answer for an id.
	expect(dataOf(found)).toEqual([
		{ id: { media_type: "IMAGE", id: cup } },
		{ id: { media_type: "CAROUSEL_ALBUM", id: album } },
	]);
});

test("a batch", async () => {
	const bodies: unknown[] = [];
	const batch = new metaSdk.FacebookAdsApiBatch(api(pageToken));
	const keep = ({ body }: { body: string }) => bodies.push(body);
	batch.add("GET", [cup], { fields: "media_type" }, undefined, keep, keep);
	batch.add(
		"POST",
		[comment, "replies"],
		{ message: "Yes" },
		undefined,
		keep,
		keep,
	);
	await batch.execute();
	expect(bodies).toEqual([
		{ media_type: "IMAGE", id: cup },
		{ id: "17911496353086895" },
	]);
});

describe("Instagram Login", () => {
	beforeEach(() => pointMetaSdkTo(`${server.url}/instagram`));
	const me = () =>
		node("IGUserForIGOnlyAPI", "me", sandboxInstagramLogin.token);

	test("reads the account, its media and their comments", async () => {
		expect(dataOf(await me().get?.(["user_id", "username"]))).toEqual({
			user_id: igUserId,
			username: "bluebottle",
			id: `2${igUserId.slice(1)}`,
		});
		for (const list of ["getMedia", "getStories", "getTags", "getLiveMedia"])
			expect(Array.isArray(dataOf(await me()[list]?.(["id"])))).toBe(true);
		const media = node("IGMediaForIGOnlyAPI", cup, sandboxInstagramLogin.token);
		expect(dataOf(await media.getComments?.(["text"]))).toMatchObject([
			{ id: comment },
		]);
		expect(
			dataOf(await media.getInsights?.([], { metric: ["reach"] })),
		).toMatchObject([{ name: "reach" }]);
	});

	test("subscribes the account", async () => {
		expect(
			await outcome(
				me().createSubscribedApp?.([], { subscribed_fields: ["comments"] }),
			),
		).toMatchObject({ success: true });
		expect(await outcome(me().deleteSubscribedApps?.())).toEqual({
			success: true,
		});
		expect(
			await outcome(
				me().createSubscribedApp?.([], {
					subscribed_fields: ["story_insights"],
				}),
			),
		).toBe(100);
	});
});
