import { createRequire } from "node:module";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startSandbox, type TestSandbox } from "../../src/library/sandbox.ts";
import { serveOnLoopback } from "../../src/system/http-server.ts";
import type { Listening } from "../../src/world.ts";
import { goodReceiver } from "../support/sandbox-world.ts";

// Nothing of these clients is changed but the host. Most come without types.
const require = createRequire(import.meta.url);
const fbgraph = require("fbgraph");
const instagram = require("instagram-graph-api");
const { MessengerClient } = require("messaging-api-messenger");
const FacebookStrategy = require("passport-facebook");

const cup = "17955061238374021";
const album = "17963412875096604";
const comment = "17870913679156914";
const redirectUri = "http://127.0.0.1:3000/done";
const scope = "instagram_basic,instagram_manage_comments";

let sandbox: TestSandbox;
let receiver: Listening;
beforeEach(async () => {
	sandbox = await startSandbox();
	receiver = await serveOnLoopback(goodReceiver(), {
		port: 0,
		maxBodyBytes: 1e6,
	});
});
afterEach(async () => {
	await sandbox.stop();
	await receiver.close();
});

/** Answers the login dialog as a person does; returns what the app finds in its `redirect_uri`. */
async function answerDialog(url: string, answer: Record<string, string>) {
	const { headers } = await fetch(url, {
		method: "POST",
		body: new URLSearchParams(answer),
		redirect: "manual",
	});
	const { searchParams } = new URL(headers.get("location") ?? "");
	return Object.fromEntries(searchParams);
}

describe("fbgraph", () => {
	const call = (method: string, ...parameters: unknown[]) =>
		new Promise((resolve, reject) => {
			fbgraph[method](...parameters, (error: unknown, answer: unknown) =>
				error ? reject(error) : resolve(answer),
			);
		});
	const as = (token: string) => fbgraph.setAccessToken(token);

	beforeEach(() => {
		fbgraph
			.setGraphUrl(sandbox.url)
			.setVersion("25.0")
			.setAppSecret(sandbox.credentials.appSecret);
	});

	test("lists the pages, and the parts of a batch", async () => {
		as(sandbox.credentials.userToken);
		expect(await call("get", "me/accounts", { fields: "name" })).toMatchObject({
			data: [{ name: "Bluebottle" }, { name: "Slow Morning" }],
		});
		const part = { method: "GET", relative_url: "me?fields=name" };
		expect(await call("batch", [part])).toMatchObject([
			{ code: 200, body: expect.stringContaining("Sandy Sandbox") },
		]);
	});

	test("subscribes a page and the app, and ends it", async () => {
		const { appId, appSecret, pageId, pageToken, verifyToken } =
			sandbox.credentials;
		as(pageToken);
		const edge = `${pageId}/subscribed_apps`;
		expect(await call("post", edge, { subscribed_fields: "feed" })).toEqual({
			success: true,
		});
		expect(await call("get", edge)).toMatchObject({ data: [{ id: appId }] });
		expect(await call("del", edge, {})).toEqual({ success: true });
		expect(await call("get", edge)).toEqual({ data: [] });

		as(`${appId}|${appSecret}`);
		const subscription = {
			object: "instagram",
			callback_url: receiver.url,
			fields: ["comments", "mentions"],
			verify_token: verifyToken,
		};
		expect(
			await call("post", `${appId}/subscriptions`, subscription),
		).toMatchObject({ success: true });
		expect(await call("get", `${appId}/subscriptions`)).toMatchObject({
			data: [{ fields: [{ name: "comments" }, { name: "mentions" }] }],
		});
	});

	test("reads a mention, answers comments and is refused in Meta's words", async () => {
		const { igUserId, pageToken } = sandbox.credentials;
		as(pageToken);
		const fields = "mentioned_comment.comment_id(17894227972186120){text}";
		expect(await call("get", igUserId, { fields })).toMatchObject({
			mentioned_comment: { text: "@bluebottle challenge?" },
		});
		const message = "Wéll / well & more ☕";
		const { id } = (await call("post", `${comment}/replies`, { message })) as {
			id: string;
		};
		expect(await call("get", id, { fields: "text" })).toEqual({
			text: message,
			id,
		});
		await expect(call("get", "1/replies")).rejects.toMatchObject({
			code: 100,
			error_subcode: 33,
		});
	});

	test("logs in with a code and extends the token", async () => {
		const { appId, appSecret } = sandbox.credentials;
		fbgraph.setAccessToken(null);
		const { pathname, search } = new URL(
			fbgraph.getOauthUrl({
				client_id: appId,
				redirect_uri: redirectUri,
				scope,
			}),
		);
		const { code } = await answerDialog(`${sandbox.url}${pathname}${search}`, {
			granted: scope,
		});
		const app = { client_id: appId, client_secret: appSecret };
		expect(
			await call("authorize", { ...app, redirect_uri: redirectUri, code }),
		).toMatchObject({ access_token: expect.stringMatching(/^EAA/) });
		expect(await call("extendAccessToken", app)).toMatchObject({
			token_type: "bearer",
		});
	});
});

describe("instagram-graph-api", () => {
	// biome-ignore lint/suspicious/noExplicitAny: its calls differ in type
	const client = (): any =>
		new instagram.Client(
			sandbox.credentials.pageToken,
			sandbox.credentials.igUserId,
			"v25.0",
		);
	beforeEach(() => {
		instagram.Constants.API_URL = sandbox.url;
	});

	test("finds the account of a page", async () => {
		const { userToken, pageToken, pageId, igUserId } = sandbox.credentials;
		const pages = await new instagram.GetAuthorizedFacebookPagesRequest(
			userToken,
		).execute();
		expect(pages.getAuthorizedFacebookPages()).toMatchObject([
			{ id: pageId },
			{ name: "Slow Morning" },
		]);
		const linked = await new instagram.GetLinkedInstagramAccountRequest(
			pageToken,
			pageId,
		).execute();
		expect(linked.getInstagramPageId()).toBe(igUserId);
		const info = await client().newGetPageInfoRequest().execute();
		expect(info.getUsername()).toBe("bluebottle");
	});

	test("reads media with every field it knows, and pages through them", async () => {
		const request = client().newGetPageMediaRequest().withLimit(1);
		const first = await request.execute();
		expect(first.getData()).toMatchObject([{ id: album }]);
		const { after } = first.getPaging().getCursors();
		const next = await request
			.withPaging({ option: "after", value: after })
			.execute();
		expect(next.getData()).toMatchObject([{ id: cup }]);
		const tags = await client().newGetTagsRequest().execute();
		expect(tags.getData()).toMatchObject([{ username: "highlander.films" }]);
		const children = await client().newGetMediaChildrenRequest(album).execute();
		expect(children.getData()).toHaveLength(3);
	});

	test("reads the publishing limit after the person granted publishing", async () => {
		const { appId } = sandbox.credentials;
		const query = new URLSearchParams({
			client_id: appId,
			redirect_uri: redirectUri,
			scope: "instagram_content_publish",
		});
		await answerDialog(`${sandbox.url}/v25.0/dialog/oauth?${query}`, {
			granted: "instagram_content_publish",
		});
		const limit = await client()
			.newGetContentPublishingLimitRequest()
			.execute();
		expect(limit.getData()).toEqual({
			config: { quota_total: 50, quota_duration: 86_400 },
			quota_usage: 0,
		});
	});

	test("reads insights", async () => {
		const media = client().newGetSimplePostMediaInsightsRequest(cup, "reach");
		expect((await media.execute()).getData()).toHaveLength(1);
		const account = client().newGetPageDayInsightsRequest("reach");
		expect((await account.execute()).getData()).toHaveLength(1);
	});

	test("writes, answers, hides and deletes comments", async () => {
		const ours = await client()
			.newPostMediaCommentRequest(cup, "Ours")
			.execute();
		expect(ours.getId()).toMatch(/^17\d{15}$/);
		const reply = await client().newPostReplyRequest(comment, "Yes").execute();
		const replies = await client().newGetRepliesRequest(comment).execute();
		expect(replies.getData()).toMatchObject([
			{ id: reply.getId(), text: "Yes" },
		]);
		const hidden = await client()
			.newPostHideCommentRequest(comment, true)
			.execute();
		expect(hidden.wasSuccessful()).toBe(true);
		const listed = await client().newGetMediaCommentsRequest(cup).execute();
		expect(listed.getData()).toContainEqual(
			expect.objectContaining({ id: comment, hidden: true }),
		);
		const deleted = await client().newDeleteCommentRequest(comment).execute();
		expect(deleted.wasSuccessful()).toBe(true);
	});
});

describe("messaging-api-messenger", () => {
	const client = (more = {}) => {
		const { pageToken, appId, appSecret } = sandbox.credentials;
		return new MessengerClient({
			accessToken: pageToken,
			appId,
			appSecret,
			version: "25.0",
			origin: sandbox.url,
			...more,
		});
	};

	test("reads the page and its token", async () => {
		const { appId, pageId } = sandbox.credentials;
		expect(await client().getPageInfo()).toEqual({
			name: "Bluebottle",
			id: pageId,
		});
		// Its proof of this call is made from the page's token, not the app's.
		expect(
			await client({ skipAppSecretProof: true }).debugToken(),
		).toMatchObject({ appId, isValid: true });
	});

	test("subscribes the app", async () => {
		const { verifyToken } = sandbox.credentials;
		expect(await client().getSubscriptions()).toEqual([]);
		await client().createSubscription({
			object: "instagram",
			callbackUrl: receiver.url,
			fields: ["comments", "messages"],
			includeValues: true,
			verifyToken,
		});
		expect(await client().getSubscriptions()).toMatchObject([
			{ object: "instagram", callbackUrl: receiver.url, active: true },
		]);
	});

	test("answers a comment in private once, and a person again", async () => {
		await sandbox.subscribe(receiver.url);
		const { value } = await sandbox.trigger("comments");
		const { id, from } = value as { id: string; from: { id: string } };
		const reply = () => client().sendText({ commentId: id }, "Hello");
		expect(await reply()).toMatchObject({ recipientId: from.id });
		await expect(reply()).rejects.toThrow(/10900/);
		expect(await client().sendText(from.id, "Hello again")).toMatchObject({
			recipientId: from.id,
		});
	});

	test("sends a batch", async () => {
		expect(
			await client().sendBatch([{ method: "GET", relativeUrl: "me" }]),
		).toMatchObject([{ code: 200, body: { name: "Bluebottle" } }]);
	});
});

describe("passport-facebook", () => {
	function strategy() {
		const { appId, appSecret } = sandbox.credentials;
		return new FacebookStrategy(
			{
				clientID: appId,
				clientSecret: appSecret,
				callbackURL: redirectUri,
				authorizationURL: `${sandbox.url}/v25.0/dialog/oauth`,
				tokenURL: `${sandbox.url}/v25.0/oauth/access_token`,
				profileURL: `${sandbox.url}/v25.0/me`,
				profileFields: ["id", "displayName"],
				enableProof: true,
			},
			(
				token: string,
				_refresh: unknown,
				{ displayName }: { displayName: string },
				done: (error: null, user: object) => void,
			) => done(null, { token, displayName }),
		);
	}

	/** Runs the strategy for one request, as passport does. */
	const authenticate = (query: Record<string, string>) =>
		new Promise<Record<string, unknown>>((resolve) => {
			Object.assign(strategy(), {
				success: (user: unknown) => resolve({ user }),
				fail: (refusal: unknown) => resolve({ refusal }),
				redirect: (to: string) => resolve({ to }),
				error: (error: unknown) => resolve({ error }),
			}).authenticate({ query }, { scope: scope.split(",") });
		});

	test("logs a person in", async () => {
		const { to } = await authenticate({});
		const query = await answerDialog(String(to), { granted: scope });
		expect(await authenticate(query)).toEqual({
			user: {
				token: expect.stringMatching(/^EAA/),
				displayName: "Sandy Sandbox",
			},
		});
		expect(await authenticate(query)).toMatchObject({
			error: { name: "FacebookTokenError", code: 100, subcode: 36009 },
		});
	});

	test("hears of a person who declines", async () => {
		const { to } = await authenticate({});
		const query = await answerDialog(String(to), { cancel: "1" });
		expect(await authenticate(query)).toEqual({
			refusal: { message: "Permissions error" },
		});
	});
});
