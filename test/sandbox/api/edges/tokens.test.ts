import { expect, test } from "vitest";
import { practiceTokens } from "../../../../src/sandbox/credentials.ts";
import {
	appId,
	appSecret,
	appToken,
	pageId,
	pageToken,
	startedAt,
	startSandbox,
	userToken,
} from "../../../support/sandbox-world.ts";

const day = 86_400;
const start = startedAt / 1000;
const scopes = [
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
];
const described = {
	app_id: appId,
	application: "igwh sandbox",
	data_access_expires_at: start + 89 * day,
	is_valid: true,
	issued_at: start - day,
	scopes,
	granular_scopes: scopes.map((scope) => ({ scope })),
	user_id: "10150000000000001",
};

test.each([
	[
		"the user's",
		userToken,
		{ ...described, type: "USER", expires_at: start + 59 * day },
	],
	[
		"a page's",
		pageToken,
		{ ...described, type: "PAGE", expires_at: 0, profile_id: pageId },
	],
	[
		"a page's without permissions",
		practiceTokens.withoutPermissions,
		{
			...described,
			type: "PAGE",
			expires_at: 0,
			profile_id: pageId,
			scopes: ["public_profile"],
			granular_scopes: [{ scope: "public_profile" }],
		},
	],
	[
		"an expired one",
		practiceTokens.expired,
		{
			...described,
			type: "USER",
			data_access_expires_at: start + 29 * day,
			issued_at: start - 61 * day,
			expires_at: start - day,
			is_valid: false,
			error: {
				code: 190,
				message: expect.stringMatching(/Session has expired on Friday/),
				subcode: 463,
			},
			scopes: [],
			granular_scopes: [],
		},
	],
	[
		"the app's",
		appToken,
		{
			app_id: appId,
			type: "APP",
			application: "igwh sandbox",
			is_valid: true,
			scopes: [],
		},
	],
	[
		"nonsense",
		"nonsense",
		{
			error: {
				code: 190,
				message: "Invalid OAuth access token - Cannot parse access token",
			},
			is_valid: false,
			scopes: [],
		},
	],
])("debug_token tells of %s", async (_, input, data) => {
	const { ask } = startSandbox();
	const target = `/debug_token?input_token=${encodeURIComponent(input)}`;
	const { status, json } = await ask(`GET ${target}`, { token: appToken });
	expect([status, json]).toEqual([200, { data }]);
});

test.each([
	[
		"GET /debug_token",
		appToken,
		"400 OAuthException 100: (#100) The parameter input_token is required.",
	],
	[
		"GET /debug_token?input_token=42|x",
		appToken,
		"400 OAuthException 100: (#100) The App_id in the input_token did not match the Viewing App",
	],
	[
		"GET /debug_token?input_token=x",
		undefined,
		"400 OAuthException 104: An access token is required to request this resource.",
	],
])("%s is refused", async (line, token, expected) => {
	const { refusal } = startSandbox();
	expect(await refusal(line, { token })).toBe(expected);
});

const client = `client_id=${appId}&client_secret=${appSecret}`;
const exchanging = `grant_type=fb_exchange_token&${client}&fb_exchange_token=`;
test.each([
	[
		`grant_type=client_credentials&${client}`,
		`200 {"access_token":"${appToken}","token_type":"bearer"}`,
	],
	[
		`${exchanging}${userToken}`,
		`200 {"access_token":"${userToken}","token_type":"bearer","expires_in":${59 * day}}`,
	],
	[
		`${exchanging}${pageToken}`,
		`200 {"access_token":"${pageToken}","token_type":"bearer"}`,
	],
	[
		exchanging,
		"400 OAuthException 100: (#100) The parameter fb_exchange_token is required.",
	],
	[
		`${exchanging}nonsense`,
		"400 OAuthException 190: Invalid OAuth access token - Cannot parse access token",
	],
	[
		`${exchanging}${encodeURIComponent(appToken)}`,
		"400 OAuthException 190: Invalid OAuth access token - Cannot parse access token",
	],
	[
		client,
		"400 OAuthException 100: (#100) The parameter grant_type is required.",
	],
	[
		`grant_type=password&${client}`,
		'400 OAuthException 100: (#100) Param grant_type must be one of {authorization_code, client_credentials, fb_exchange_token} - got "password".',
	],
	[
		`grant_type=client_credentials&client_id=42&client_secret=${appSecret}`,
		"400 OAuthException 101: Error validating application. Cannot get application info due to a system error.",
	],
	[
		`grant_type=client_credentials&client_id=${appId}&client_secret=x`,
		"400 OAuthException 1: Error validating client secret.",
	],
])("oauth/access_token?%s", async (query, expected) => {
	const { refusal } = startSandbox();
	expect(await refusal(`GET /v25.0/oauth/access_token?${query}`)).toBe(
		expected,
	);
});
