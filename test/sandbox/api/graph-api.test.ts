import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { headerValues } from "../../../src/http.ts";
import { practiceTokens } from "../../../src/sandbox/credentials.ts";
import {
	appId,
	appSecret,
	appToken,
	igUserId,
	pageId,
	pageToken,
	startSandbox,
	userToken,
} from "../../support/sandbox-world.ts";

const documentation =
	"Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api";
const missing = (method: string, id: string) =>
	`400 GraphMethodException 100/33: Unsupported ${method} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. ${documentation}`;

describe("tokens", () => {
	test.each([
		[
			"GET /me",
			undefined,
			"400 OAuthException 2500: An active access token must be used to query information about the current user.",
		],
		[
			"GET /me",
			appToken,
			"400 OAuthException 2500: An active access token must be used to query information about the current user.",
		],
		[
			`GET /${pageId}`,
			undefined,
			"400 OAuthException 104: An access token is required to request this resource.",
		],
		[
			"GET /me",
			"IGAAsomething",
			"400 OAuthException 190: Invalid OAuth access token - Cannot parse access token",
		],
		[
			"GET /me",
			"EAASomebodysRealToken",
			"400 OAuthException 190: Invalid OAuth access token signature.",
		],
		[
			"GET /me",
			`${appId}|wrong`,
			"400 OAuthException 190: Invalid OAuth access token signature.",
		],
		[
			"GET /me",
			"42|wrong",
			"400 OAuthException 101: Error validating application. Cannot get application info due to a system error.",
		],
		[
			"GET /me",
			practiceTokens.expired,
			"400 OAuthException 190/463: Error validating access token: Session has expired on Friday, 20-Nov-26 01:30:00 PST. The current time is Saturday, 21-Nov-26 01:30:00 PST.",
		],
	])("%s with %s", async (line, token, expected) => {
		const { refusal } = startSandbox();
		expect(await refusal(line, { token })).toBe(expected);
	});

	test("may come in the Authorization header", async () => {
		const { ask } = startSandbox();
		const { json } = await ask("GET /me", {
			headers: [["Authorization", `Bearer ${userToken}`]],
		});
		expect(json).toEqual({ name: "Sandy Sandbox", id: "10150000000000001" });
	});

	test.each([
		[
			"right",
			createHmac("sha256", appSecret).update(userToken).digest("hex"),
			'200 {"name":"Sandy Sandbox","id":"10150000000000001"}',
		],
		[
			"another token's",
			createHmac("sha256", appSecret).update(pageToken).digest("hex"),
			"400 GraphMethodException 100: Invalid appsecret_proof provided in the API argument",
		],
	])("may be proved: %s", async (_, proof, expected) => {
		const { refusal } = startSandbox();
		expect(
			await refusal(`GET /me?appsecret_proof=${proof}`, { token: userToken }),
		).toBe(expected);
	});
});

test.each([
	[
		"GET /",
		`400 GraphMethodException 100: Unsupported get request. ${documentation}`,
	],
	[
		"POST /v25.0",
		`400 GraphMethodException 100: Unsupported post request. ${documentation}`,
	],
	[
		"PUT /me",
		"400 GraphMethodException 100: Unsupported request - method type: put",
	],
	[
		"BREW /me",
		"400 GraphMethodException 100: Unsupported request - method type: brew",
	],
	[
		"GET /me/accounts/more",
		"400 OAuthException 2500: Unknown path components: /me/accounts/more",
	],
	[
		"GET /v99.0/me",
		"400 OAuthException 2500: Unknown path components: /v99.0/me",
	],
	["GET /me/name", "400 OAuthException 2500: Unknown path components: /name"],
	[
		"GET /nobody",
		"404 OAuthException 803: (#803) Some of the aliases you requested do not exist: nobody",
	],
	["GET /123", missing("get", "123")],
	["DELETE /123", missing("delete", "123")],
	["POST /me/accounts", missing("post", "10150000000000001")],
	[
		"GET /me/constructor",
		"400 OAuthException 100: (#100) Tried accessing nonexisting field (constructor) on node type (User)",
	],
	[
		"GET /me?fields=__proto__",
		"400 OAuthException 100: (#100) Tried accessing nonexisting field (__proto__) on node type (User)",
	],
	[
		"GET /me?fields=id{",
		'400 OAuthException 2500: Syntax error "Expected name." at character 3: id{',
	],
	[
		"GET /%00%ff/..%2f",
		"404 OAuthException 803: (#803) Some of the aliases you requested do not exist: %00%ff",
	],
	[`GET /${"9".repeat(40)}`, missing("get", "9".repeat(40))],
])("%s", async (line, expected) => {
	const { refusal } = startSandbox();
	expect(await refusal(line, { token: userToken })).toBe(expected);
});

test("a malformed JSON body", async () => {
	const { refusal } = startSandbox();
	expect(await refusal("POST /me", { token: userToken, json: "{" })).toBe(
		"400 OAuthException 100: (#100) The request body is not valid JSON.",
	);
});

test("a bug of the sandbox is Meta's unknown error", async () => {
	const { ask, state } = startSandbox();
	state.pages = undefined as never;
	const { status, json } = await ask("GET /me", { token: userToken });
	expect(status).toBe(500);
	expect(json).toEqual({
		error: {
			message: "An unknown error occurred",
			type: "OAuthException",
			is_transient: true,
			code: 1,
			fbtrace_id: expect.stringMatching(/^A[\w-]{22}$/),
		},
	});
});

describe("response headers", () => {
	test("are Meta's", async () => {
		const { ask } = startSandbox();
		const { headers } = await ask("GET /v24.0/me", { token: pageToken });
		expect(headers).toEqual([
			["Content-Type", "application/json; charset=UTF-8"],
			["ETag", expect.stringMatching(/^"[0-9a-f]{40}"$/)],
			["facebook-api-version", "v24.0"],
			["x-fb-request-id", expect.stringMatching(/^A[\w-]{22}$/)],
			["x-fb-trace-id", expect.stringMatching(/^[\w-]{11}$/)],
			["x-fb-rev", expect.stringMatching(/^\d+$/)],
			["x-fb-debug", expect.stringMatching(/^[\w+/]{86}==$/)],
			["Cache-Control", "private, no-cache, no-store, must-revalidate"],
			["Pragma", "no-cache"],
			["Expires", "Sat, 01 Jan 2000 00:00:00 GMT"],
			["Vary", "Origin"],
		]);
	});

	test.each([
		["v21.0", "v21.0"],
		["v19.0", "v21.0"],
		["", "v25.0"],
	])("%j is served by %s", async (version, served) => {
		const { ask } = startSandbox();
		const { headers } = await ask(`GET /${version}/me`, { token: userToken });
		expect(headerValues(headers, "facebook-api-version")).toEqual([served]);
	});

	test("name what is wrong with the token", async () => {
		const { ask } = startSandbox();
		const { headers } = await ask("GET /me", { token: "nonsense" });
		expect(headerValues(headers, "www-authenticate")).toEqual([
			'OAuth "Facebook Platform" "invalid_token" "Invalid OAuth access token - Cannot parse access token"',
		]);
	});
});

test("an Instagram account has no subscribed_apps at this host", async () => {
	const { refusal } = startSandbox();
	expect(
		await refusal(`GET /${igUserId}/subscribed_apps`, { token: userToken }),
	).toBe(
		"403 OAuthException 3: (#3) Application does not have the capability to make this API call.",
	);
});
