import { describe, expect, test } from "vitest";
import { instagramFields } from "../../../../src/webhook/fields.ts";
import {
	appId,
	appToken,
	callbackUrl,
	pageToken,
	startSandbox,
	userToken,
	verifyToken,
} from "../../../support/sandbox-world.ts";

const edge = `/v24.0/${appId}/subscriptions`;
const subscription = {
	object: "instagram",
	callback_url: callbackUrl,
	fields: "comments,mentions",
	verify_token: verifyToken,
};
const shown = (...fields: string[]) => ({
	data: [
		{
			object: "instagram",
			callback_url: callbackUrl,
			fields: fields.map((name) => ({ name, version: "v24.0" })),
			active: true,
		},
	],
});

function start() {
	const sandbox = startSandbox();
	const token = appToken;
	return {
		...sandbox,
		read: async () => (await sandbox.ask(`GET ${edge}`, { token })).json,
		write: (form: object) =>
			sandbox.refusal(`POST ${edge}`, { token, form: { ...form } }),
		remove: (query: string) =>
			sandbox.refusal(`DELETE ${edge}?${query}`, { token }),
	};
}

test("a subscription is verified, then overwrites the earlier one", async () => {
	const { read, write } = start();
	expect(await read()).toEqual({ data: [] });
	expect(await write(subscription)).toBe('200 {"success":true}');
	expect(await read()).toEqual(shown("comments", "mentions"));
	await write({ ...subscription, fields: '["story_insights"]' });
	expect(await read()).toEqual(shown("story_insights"));
});

describe("DELETE", () => {
	test.each([
		["", { data: [] }],
		["object=instagram", { data: [] }],
		["object=instagram&fields=mentions", shown("comments")],
		["object=instagram&fields=comments,mentions", { data: [] }],
		["object=page", shown("comments", "mentions")],
	])("with %j", async (query, left) => {
		const { read, write, remove } = start();
		await write(subscription);
		expect(await remove(query)).toBe('200 {"success":true}');
		expect(await read()).toEqual(left);
	});
});

test.each([
	["callback_url", "https://127.0.0.1:7300/webhook"],
	["callback_url", "http://localhost:7300/webhook"],
	["callback_url", "http://[::1]:7300/webhook"],
])("takes the %s %s", async (_, url) => {
	const { write, receivers } = start();
	const here = receivers.get("http://127.0.0.1:7300");
	if (here) receivers.set(new URL(url).origin, here);
	expect(await write({ ...subscription, callback_url: url })).toBe(
		'200 {"success":true}',
	);
});

const fields = Object.keys(instagramFields).join(", ");
test.each([
	[{ object: "" }, "The parameter object is required."],
	[{ callback_url: "" }, "The parameter callback_url is required."],
	[{ verify_token: "" }, "The parameter verify_token is required."],
	[{ fields: "" }, "The parameter fields is required."],
	[
		{ object: "user" },
		'Param object must be one of {instagram, page} - got "user".',
	],
	[
		{ fields: "comments,feed" },
		`Param fields[1] must be one of {${fields}} - got "feed".`,
	],
	[{ callback_url: "webhook" }, "callback_url should represent a valid URL"],
	[
		{ callback_url: `${callbackUrl}#top` },
		"callback_url should represent a valid URL",
	],
	[
		{ callback_url: "http://example.com/webhook" },
		"callback_url must be an https URL",
	],
	[
		{ callback_url: "http://127.0.0.1.example.com/webhook" },
		"callback_url must be an https URL",
	],
	[{ callback_url: "ftp://127.0.0.1/" }, "callback_url must be an https URL"],
])("%j is refused before any handshake", async (slip, message) => {
	const { write, sent } = start();
	expect(await write({ ...subscription, ...slip })).toBe(
		`400 OAuthException 100: (#100) ${message}`,
	);
	expect(sent).toEqual([]);
});

test.each(["GET", "POST", "DELETE"])(
	"%s wants an app token",
	async (method) => {
		const { refusal } = start();
		for (const token of [userToken, pageToken])
			expect(await refusal(`${method} ${edge}`, { token })).toBe(
				"400 OAuthException 15: (#15) This method must be called with an app access_token.",
			);
	},
);

test("a failed handshake keeps the earlier subscription", async () => {
	const { read, write } = start();
	await write(subscription);
	expect(
		await write({ ...subscription, fields: "comments", verify_token: "other" }),
	).toMatch(/^400 OAuthException 2200: /);
	expect(await read()).toEqual(shown("comments", "mentions"));
});

describe("a callback that is not on this machine", () => {
	const write = async (url: string, allowPublicCallbacks: boolean) => {
		const { refusal, sent } = startSandbox({ allowPublicCallbacks });
		const form = { ...subscription, callback_url: url };
		const answer = await refusal(`POST ${edge}`, { token: appToken, form });
		return { answer, sent };
	};

	test("is called only where that is allowed", async () => {
		const url = "https://app.example/webhook";
		const refused = await write(url, false);
		expect(refused.answer).toContain("--allow-public-callbacks");
		expect(refused.sent).toEqual([]);
		const allowed = await write(url, true);
		expect(allowed.sent[0]?.url).toContain(url);
	});

	test.each([
		"10.0.0.1",
		"169.254.169.254",
		"172.16.0.1",
		"172.31.255.255",
		"192.168.1.1",
		"100.64.0.1",
		"0.0.0.0",
		"[fe80::1]",
		"[fd00::1]",
		"[::ffff:10.0.0.1]",
		"[::]",
	])("is never the private address %s", async (host) => {
		const { answer, sent } = await write(`https://${host}/`, true);
		expect(answer).toContain("must not be a private address");
		expect(sent).toEqual([]);
	});
});

test.each<[string, [string, string][]]>([
	["another site's page", [["Origin", "https://evil.example"]]],
	["a rebound name", [["Host", "evil.example:7302"]]],
])("%s neither triggers nor subscribes", async (_, headers) => {
	const { handler, sent, state } = startSandbox();
	for (const target of ["/sandbox/trigger", `${edge}?access_token=${appToken}`])
		expect(
			await handler({
				method: "POST",
				target,
				headers: [["Content-Type", "text/plain"], ...headers],
				body: Buffer.from('{"field":"mentions"}'),
			}),
		).toMatchObject({ status: 403 });
	expect(sent).toEqual([]);
	expect(state.subscriptions.size).toBe(0);
});
