import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { headerValues } from "../../../src/http.ts";
import {
	practiceTokens,
	sandboxCredentials,
	sandboxInstagramLogin,
} from "../../../src/sandbox/credentials.ts";
import { closedGates } from "../../../src/sandbox/delivery/gates.ts";
import {
	appSecret,
	appToken,
	callbackUrl,
	igUserId,
	pageToken,
	settle,
	startSandbox,
	userToken,
} from "../../support/sandbox-world.ts";

const { token } = sandboxInstagramLogin;
const { instagramAppSecret } = sandboxCredentials;
const scopedId = `2${igUserId.slice(1)}`;
const loginFields =
	"comments, live_comments, messages, message_echoes, message_edit, message_reactions, messaging_handover, messaging_optins, messaging_postbacks, messaging_referral, messaging_seen, standby";
const unsupported = (method: string, id: string) =>
	`400 IGApiException 100/33: Unsupported ${method} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`;
const denied =
	"403 IGApiException 10: Application does not have permission for this action";
const unparsable =
	"400 OAuthException 190: Invalid OAuth access token - Cannot parse access token";

describe("the account", () => {
	test("has an id of its own beside the id of deliveries", async () => {
		const { ask } = startSandbox();
		const { json, headers } = await ask(
			"GET /instagram/v25.0/me?fields=user_id,username,id,name,account_type",
			{ token },
		);
		expect(json).toEqual({
			user_id: igUserId,
			username: "bluebottle",
			id: scopedId,
			name: "Bluebottle",
			account_type: "BUSINESS",
		});
		expect(headerValues(headers, "instagram-api-version")).toEqual(["v25.0"]);
	});

	test.each([
		["/me", `200 {"id":"${scopedId}"}`],
		[
			`/${scopedId}?fields=user_id`,
			`200 {"user_id":"${igUserId}","id":"${scopedId}"}`,
		],
		[`/${igUserId}?fields=biography`, `200 {"id":"${scopedId}"}`],
		[
			"/17955061238374021?fields=caption",
			'200 {"caption":"First light, first cup.","id":"17955061238374021"}',
		],
		[
			"/17870913679156914",
			'200 {"timestamp":"2018-03-12T09:02:41+0000","text":"Which beans are these?","id":"17870913679156914"}',
		],
	])("GET %s", async (target, expected) => {
		const { refusal } = startSandbox();
		expect(await refusal(`GET /instagram${target}`, { token })).toBe(expected);
	});
});

describe("what this login cannot do", () => {
	test.each([
		[
			"GET /me",
			undefined,
			"400 IGApiException 190: Invalid OAuth 2.0 Access Token",
		],
		["GET /me", userToken, unparsable],
		["GET /me", appToken, unparsable],
		[
			"GET /me",
			practiceTokens.expiredInstagram,
			"400 OAuthException 190/463: Error validating access token: Session has expired on Friday, 20-Nov-26 01:30:00 PST. The current time is Saturday, 21-Nov-26 01:30:00 PST.",
		],
		["GET /me", practiceTokens.instagramWithoutPermissions, denied],
		["GET /1755847768034402", token, unsupported("get", "1755847768034402")],
		["GET /17841405309211844", token, unsupported("get", "17841405309211844")],
		[
			"GET /me?fields=mentioned_comment.comment_id(1)",
			token,
			"400 IGApiException 100: Tried accessing nonexisting field (mentioned_comment) on node type (IGUserForIGOnlyAPI)",
		],
		[
			"GET /17955061238374021?fields=view_count",
			token,
			"400 IGApiException 100: Tried accessing nonexisting field (view_count) on node type (IGMedia)",
		],
		[
			"GET /me/accounts",
			token,
			"400 IGApiException 100: Tried accessing nonexisting field (accounts) on node type (IGUserForIGOnlyAPI)",
		],
		[
			"GET /me/a/b",
			token,
			"400 IGApiException 2500: Unknown path components: /me/a/b",
		],
		[
			"POST /access_token",
			token,
			"400 IGApiException 100: Unsupported request - method type: post",
		],
		[
			"GET /access_token",
			token,
			"400 IGApiException 100: The parameter grant_type is required",
		],
		[
			"POST /me/subscribed_apps",
			token,
			"400 IGApiException 100: The parameter subscribed_fields is required",
		],
		[
			"POST /me/subscribed_apps?subscribed_fields=mentions",
			token,
			`400 IGApiException 100: Param subscribed_fields[0] must be one of {${loginFields}} - got "mentions".`,
		],
		[
			"POST /me/subscribed_apps?subscribed_fields=comments,story_insights",
			token,
			`400 IGApiException 100: Param subscribed_fields[1] must be one of {${loginFields}} - got "story_insights".`,
		],
		[
			"POST /me/subscribed_apps?subscribed_fields=comments",
			practiceTokens.instagramWithoutPermissions,
			denied,
		],
	])("%s with %s", async (line, token, expected) => {
		const { refusal } = startSandbox();
		const [method, target] = line.split(" ");
		expect(
			await refusal(`${method} /instagram${target}`, token ? { token } : {}),
		).toBe(expected);
	});

	test("a missing token has error_data", async () => {
		const { ask } = startSandbox();
		const { json } = await ask("GET /instagram/me");
		expect(json.error).toMatchObject({ code: 190, error_data: {} });
	});

	test("graph.facebook.com does not know its tokens", async () => {
		const { refusal } = startSandbox();
		expect(await refusal("GET /me", { token })).toBe(unparsable);
		expect(
			await refusal(`GET /${igUserId}/subscribed_apps`, { token: pageToken }),
		).toBe(
			"403 OAuthException 3: (#3) Application does not have the capability to make this API call.",
		);
	});

	test.each([
		[
			"right",
			createHmac("sha256", instagramAppSecret).update(token).digest("hex"),
			`200 {"id":"${scopedId}"}`,
		],
		[
			"another app's",
			createHmac("sha256", appSecret).update(token).digest("hex"),
			"400 IGApiException 100: Invalid appsecret_proof provided in the API argument",
		],
	])("a proof that is %s", async (_, proof, expected) => {
		const { refusal } = startSandbox();
		expect(
			await refusal(`GET /instagram/me?appsecret_proof=${proof}`, { token }),
		).toBe(expected);
	});
});

describe("tokens", () => {
	const exchange = `GET /instagram/access_token?grant_type=ig_exchange_token&client_secret=${instagramAppSecret}`;
	const refresh =
		"GET /instagram/refresh_access_token?grant_type=ig_refresh_token";
	const permissions =
		"instagram_business_basic,instagram_business_manage_comments,instagram_business_manage_insights,instagram_business_manage_messages";

	test("a short-lived one becomes the well-known long-lived one", async () => {
		const { ask } = startSandbox();
		const { json } = await ask(exchange, {
			token: practiceTokens.shortLivedInstagram,
		});
		expect(json).toEqual({
			access_token: token,
			token_type: "bearer",
			expires_in: 59 * 86_400,
			permissions,
		});
	});

	test("a long-lived one that is a day old is good for 60 days more, then young", async () => {
		const { ask, refusal } = startSandbox();
		const { json } = await ask(refresh, { token });
		expect(json).toEqual({
			access_token: token,
			token_type: "bearer",
			expires_in: 60 * 86_400,
			permissions,
		});
		expect(await refusal(refresh, { token })).toContain("24 hours old");
	});

	test("one made for what was granted in part stays so", async () => {
		const { ask, state } = startSandbox();
		const short = state.tokens.find(
			({ value }) => value === practiceTokens.shortLivedInstagram,
		);
		Object.assign(short as object, { scopes: ["instagram_business_basic"] });
		const first = await ask(exchange, {
			token: practiceTokens.shortLivedInstagram,
		});
		expect(first.json).toMatchObject({
			access_token: expect.stringMatching(/^IGAA[0-9a-f]{48}$/),
			permissions: "instagram_business_basic",
		});
		const second = await ask(exchange, {
			token: practiceTokens.shortLivedInstagram,
		});
		expect(second.json.access_token).toBe(first.json.access_token);
	});

	test.each([
		[
			exchange,
			token,
			"400 OAuthException 452: Session key invalid. This could be because the session key has an incorrect format, or because the user has revoked this session",
		],
		[
			exchange.replace(instagramAppSecret, appSecret),
			practiceTokens.shortLivedInstagram,
			"400 OAuthException 1: Error validating client secret.",
		],
		[
			exchange.replace("ig_exchange_token", "fb_exchange_token"),
			practiceTokens.shortLivedInstagram,
			'400 IGApiException 100: Param grant_type must be one of {ig_exchange_token} - got "fb_exchange_token".',
		],
		[exchange, userToken, unparsable],
		[
			refresh,
			practiceTokens.shortLivedInstagram,
			"400 IGApiException 100: The access token must be at least 24 hours old to be refreshed",
		],
		[
			refresh,
			practiceTokens.expiredInstagram,
			expect.stringContaining("190/463"),
		],
	])("%s with %s", async (line, token, expected) => {
		const { refusal } = startSandbox();
		expect(await refusal(line, { token })).toEqual(expected);
	});
});

describe("the subscription of an account", () => {
	const edge = `/instagram/v25.0/${igUserId}/subscribed_apps`;

	test("is written, replaced, read and deleted", async () => {
		const { ask } = startSandbox();
		const read = async () => (await ask(`GET ${edge}`, { token })).json.data;
		expect(await read()).toEqual([]);
		for (const fields of ["comments,messages", "live_comments"])
			expect(
				(
					await ask(`POST ${edge}`, {
						token,
						form: { subscribed_fields: fields },
					})
				).json,
			).toEqual({ success: true });
		expect(await read()).toEqual([
			{ id: sandboxCredentials.appId, subscribed_fields: ["live_comments"] },
		]);
		expect((await ask(`DELETE ${edge}`, { token })).json).toEqual({
			success: true,
		});
		expect(await read()).toEqual([]);
	});

	test("is signed for with the Instagram app secret", async () => {
		const { ask, subscribe, state, sent } = startSandbox();
		await subscribe();
		for (const page of state.pages.values()) delete page.subscribedFields;
		await ask(`POST ${edge}?subscribed_fields=comments`, { token });
		await ask("POST /sandbox/trigger", { json: { field: "comments" } });
		await settle();
		const { url, headers, body } = sent.at(-1) ?? {};
		expect(url).toBe(callbackUrl);
		expect(headerValues(headers ?? [], "x-hub-signature-256")).toEqual([
			`sha256=${createHmac("sha256", instagramAppSecret)
				.update(body ?? "")
				.digest("hex")}`,
		]);
	});

	test("leaves a page's subscription with the app secret", async () => {
		const { ask, subscribe, sent } = startSandbox();
		await subscribe();
		await ask(`POST ${edge}?subscribed_fields=comments`, { token });
		await ask("POST /sandbox/trigger", { json: { field: "comments" } });
		const { headers, body } = sent.at(-1) ?? {};
		expect(headerValues(headers ?? [], "x-hub-signature-256")).toEqual([
			`sha256=${createHmac("sha256", appSecret)
				.update(body ?? "")
				.digest("hex")}`,
		]);
	});

	test.each(["mentions", "story_insights"])(
		"does not deliver %s",
		async (field) => {
			const { ask, subscribe, state } = startSandbox();
			await subscribe();
			for (const page of state.pages.values()) delete page.subscribedFields;
			await ask(`POST ${edge}?subscribed_fields=comments`, { token });
			expect(closedGates(state, igUserId, field)).toMatchObject([
				{
					id: "page-subscription",
					detail: `the account is subscribed through Instagram Login, which does not deliver ${field}`,
				},
			]);
		},
	);

	test("needs the permissions of this login", async () => {
		const { ask, subscribe, state } = startSandbox();
		await subscribe();
		for (const page of state.pages.values()) delete page.subscribedFields;
		await ask(`POST ${edge}?subscribed_fields=comments`, { token });
		state.permissions.clear();
		expect(closedGates(state, igUserId, "comments")).toEqual([]);
		state.instagramPermissions.set(
			"instagram_business_manage_comments",
			"declined",
		);
		expect(closedGates(state, igUserId, "comments")).toMatchObject([
			{
				id: "permission",
				detail:
					"the account did not grant instagram_business_manage_comments to the app",
			},
		]);
	});
});

test("a comment is answered", async () => {
	const { ask } = startSandbox();
	const { json } = await ask("POST /instagram/17870913679156914/replies", {
		token,
		form: { message: "Ethiopian." },
	});
	const replies = await ask(
		"GET /instagram/17870913679156914/replies?fields=text",
		{ token },
	);
	expect(replies.json.data).toEqual([{ text: "Ethiopian.", id: json.id }]);
});
