import { describe, expect, test } from "vitest";
import { bodyText, headerValues } from "../../../src/http.ts";
import {
	sandboxCredentials,
	sandboxInstagramLogin,
} from "../../../src/sandbox/credentials.ts";
import {
	appId,
	appSecret,
	igUserId,
	startSandbox,
} from "../../support/sandbox-world.ts";

const redirectUri = "http://localhost:3000/done?from=login";

function dialogTarget(path: string, clientId: string, more = {}) {
	return `${path}?${new URLSearchParams({ client_id: clientId, redirect_uri: redirectUri, state: "s&1", ...more })}`;
}

const facebook = dialogTarget("/v25.0/dialog/oauth", appId, {
	scope: "instagram_basic,instagram_manage_comments",
});
const instagram = dialogTarget(
	"/instagram/oauth/authorize",
	sandboxInstagramLogin.appId,
	{
		scope: "instagram_business_basic instagram_business_manage_comments",
	},
);

function start() {
	const running = startSandbox();
	const visit = (method: string, target: string, form = "") =>
		running.handler({
			method,
			target,
			headers: [["content-type", "application/x-www-form-urlencoded"]],
			body: Buffer.from(form),
		});
	/** Where the person is led, and with which parameters. */
	async function submit(target: string, form: string) {
		const { status, headers } = await visit("POST", target, form);
		expect(status).toBe(302);
		const url = new URL(headerValues(headers, "location")[0] ?? "");
		return {
			to: `${url.origin}${url.pathname}`,
			hash: url.hash,
			parameters: Object.fromEntries(url.searchParams),
		};
	}
	return { ...running, visit, submit };
}

describe("the dialog", () => {
	test("shows what is asked for, without scripts", async () => {
		const { visit } = start();
		const page = await visit("GET", facebook);
		expect(headerValues(page.headers, "content-security-policy")).toEqual([
			"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
		]);
		expect(bodyText(page).match(/value="instagram_\w+" checked/g)).toEqual([
			'value="instagram_basic" checked',
			'value="instagram_manage_comments" checked',
		]);
	});

	test("escapes what the app says", async () => {
		const { visit } = start();
		const page = await visit(
			"GET",
			`${dialogTarget("/dialog/oauth", appId)}&scope=<b>"&x='`,
		);
		expect(bodyText(page)).not.toContain("<b>");
	});

	test("leads back with an error after Cancel, and changes nothing", async () => {
		const { submit, state } = start();
		expect(await submit(facebook, "granted=instagram_basic&cancel=1")).toEqual({
			to: "http://localhost:3000/done",
			hash: "#_",
			parameters: {
				from: "login",
				error: "access_denied",
				error_code: "200",
				error_description: "Permissions error",
				error_reason: "user_denied",
				state: "s&1",
			},
		});
		expect(state.permissions.get("instagram_basic")).toBe("granted");
	});

	test.each([
		[
			"another app's id",
			facebook.replace(appId, "1"),
			400,
			"Error validating application.",
		],
		[
			"the Instagram app's id",
			facebook.replace(appId, sandboxInstagramLogin.appId),
			400,
			"Error validating application.",
		],
		[
			"no redirect_uri",
			facebook.replace(/redirect_uri=[^&]*/, ""),
			400,
			"Missing redirect_uri parameter.",
		],
		[
			"a script for an address",
			facebook.replace(
				/redirect_uri=[^&]*/,
				"redirect_uri=javascript:alert(1)",
			),
			400,
			"redirect_uri isn't an absolute URI.",
		],
	])("refuses %s", async (_, target, status, message) => {
		const { visit } = start();
		for (const method of ["GET", "POST"]) {
			const page = await visit(method, target);
			expect([page.status, bodyText(page)]).toEqual([
				status,
				expect.stringContaining(message),
			]);
		}
	});
});

describe("a code of Facebook Login", () => {
	const exchange = (code: string, more = {}) =>
		`GET /v25.0/oauth/access_token?${new URLSearchParams({ client_id: appId, client_secret: appSecret, redirect_uri: redirectUri, code, ...more })}`;

	test("becomes a token for what was granted", async () => {
		const { submit, ask } = start();
		const { parameters } = await submit(facebook, "granted[]=instagram_basic");
		const { json } = await ask(exchange(parameters.code ?? ""));
		expect(json).toEqual({
			access_token: expect.stringMatching(/^EAA[0-9a-f]{48}$/),
			token_type: "bearer",
			expires_in: 5400,
		});
		const permissions = await ask("GET /me/permissions", {
			token: json.access_token,
		});
		expect(permissions.json.data).toEqual(
			expect.arrayContaining([
				{ permission: "instagram_basic", status: "granted" },
				{ permission: "instagram_manage_comments", status: "declined" },
			]),
		);
		const long = await ask(
			exchange("", {
				grant_type: "fb_exchange_token",
				fb_exchange_token: json.access_token,
			}),
		);
		expect(long.json.access_token).toBe(sandboxCredentials.userToken);
	});

	test("is good once, for ten minutes, at the same address", async () => {
		const { submit, refusal, world } = start();
		const code = async () =>
			(await submit(facebook, "granted=instagram_basic")).parameters.code ?? "";
		const first = await code();
		expect(
			await refusal(exchange(first, { redirect_uri: "http://localhost:3000" })),
		).toMatch(/^400 OAuthException 100\/36008/);
		expect(
			await refusal(exchange(first, { grant_type: "authorization_code" })),
		).toMatch(/^200/);
		expect(await refusal(exchange(first))).toMatch(
			/^400 OAuthException 100\/36009/,
		);
		const late = await code();
		await world.clock.sleep(600_000);
		expect(await refusal(exchange(late))).toMatch(
			/^400 OAuthException 100\/36007/,
		);
		expect(await refusal(exchange("AQx"))).toBe(
			"400 OAuthException 100: Invalid verification code format.",
		);
	});
});

describe("a code of Instagram Login", () => {
	const form = (code: string, more = {}) => ({
		client_id: sandboxInstagramLogin.appId,
		client_secret: sandboxCredentials.instagramAppSecret,
		grant_type: "authorization_code",
		redirect_uri: redirectUri,
		code,
		...more,
	});
	const exchange = "POST /instagram/oauth/access_token";

	test("becomes a token for an hour, and that one a long-lived one", async () => {
		const { submit, ask } = start();
		const { parameters } = await submit(
			instagram,
			"granted=instagram_business_basic",
		);
		const { json } = await ask(exchange, {
			form: form(`${parameters.code}#_`),
		});
		expect(json).toEqual({
			access_token: expect.stringMatching(/^IGAA[0-9a-f]{48}$/),
			user_id: igUserId,
			permissions: expect.not.arrayContaining([
				"instagram_business_manage_comments",
			]),
		});
		const long = await ask(
			`GET /instagram/access_token?grant_type=ig_exchange_token&client_secret=${sandboxCredentials.instagramAppSecret}`,
			{ token: json.access_token },
		);
		expect(long.json.access_token).toBe(sandboxInstagramLogin.token);
	});

	test.each([
		[{ client_id: appId }, "Invalid platform app"],
		[{ client_secret: appSecret }, "Error validating client secret."],
		[{ code: "AQx" }, "Invalid verification code format."],
		[{ grant_type: "" }, "The parameter grant_type is required."],
	])("is refused in that host's shape: %j", async (more, message) => {
		const { ask } = start();
		const { status, json } = await ask(exchange, { form: form("AQx", more) });
		expect([status, json]).toEqual([
			400,
			{ error_type: "OAuthException", code: 400, error_message: message },
		]);
	});
});
