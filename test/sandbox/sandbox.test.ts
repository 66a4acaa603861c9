import { describe, expect, test } from "vitest";
import { createSandbox } from "../../src/sandbox/sandbox.ts";
import {
	appId,
	appSecret,
	appToken,
	callbackUrl,
	igUserId,
	pageId,
	pageToken,
	sandboxWorld,
	startSandbox,
	userToken,
	verifyToken,
} from "../support/sandbox-world.ts";

test("says that it is one", async () => {
	const { ask } = startSandbox();
	const { status, text } = await ask("GET /sandbox/ping");
	expect([status, text]).toEqual([200, '{"igwh":"sandbox"}']);
});

test.each([
	["GET /sandbox/trigger", "get"],
	["POST /sandbox/ping", "post"],
	["POST /sandbox/toString", "post"],
	["GET /sandbox/", "get"],
	["DELETE /sandbox/state", "delete"],
])("%s is no control edge", async (line, method) => {
	const { refusal } = startSandbox();
	expect(await refusal(line)).toBe(
		`400 GraphMethodException 100: Unsupported ${method} request. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
	);
});

test("from nothing to a delivery", async () => {
	const { ask, log } = startSandbox();
	await ask(`POST /${pageId}/subscribed_apps?subscribed_fields=feed`, {
		token: pageToken,
	});
	await ask(`POST /${appId}/subscriptions`, {
		token: appToken,
		json: {
			object: "instagram",
			callback_url: callbackUrl,
			fields: ["mentions"],
			verify_token: verifyToken,
		},
	});
	await ask("POST /sandbox/trigger", { json: { field: "mentions" } });
	await ask("GET /me", { token: "nonsense" });
	expect(log).toMatchObject([
		{
			type: "request",
			method: "POST",
			path: `/${pageId}/subscribed_apps`,
			status: 200,
		},
		{ type: "handshake", url: callbackUrl, ok: true },
		{
			type: "request",
			method: "POST",
			path: `/${appId}/subscriptions`,
			status: 200,
		},
		{
			type: "attempt",
			field: "mentions",
			accountId: igUserId,
			url: callbackUrl,
			attempt: 1,
			status: 200,
		},
		{ type: "request", method: "GET", path: "/me", status: 400 },
	]);
});

test("the log holds no secret", async () => {
	const { subscribe, ask, log } = startSandbox();
	await subscribe();
	await ask(`GET /debug_token?input_token=${userToken}`, { token: appToken });
	await ask("POST /sandbox/trigger", { json: { field: "comments" } });
	const text = JSON.stringify(log);
	for (const secret of [appSecret, pageToken, userToken, verifyToken])
		expect(text).not.toContain(secret);
});

describe("gates", () => {
	test("can be closed from the start", () => {
		const { state } = startSandbox({
			closedGates: ["app-live", "advanced-access"],
		});
		expect([state.app.live, state.app.advancedAccess]).toEqual([false, false]);
	});

	test("have names", () => {
		const { world } = sandboxWorld();
		expect(() => createSandbox(world, { closedGates: ["nothing"] })).toThrow(
			"there is no gate named nothing",
		);
	});
});

test("two sandboxes are two worlds", async () => {
	const [one, two] = [startSandbox({ seed: "1" }), startSandbox({ seed: "2" })];
	const happen = async ({ ask }: typeof one) =>
		(await ask("POST /sandbox/trigger", { json: { field: "mentions" } })).json
			.value.comment_id;
	expect(await happen(one)).not.toBe(await happen(two));
	await one.subscribe();
	expect(two.state.subscriptions.size).toBe(0);
});
