import { describe, expect, test } from "vitest";
import { gateIds } from "../../src/sandbox/delivery/gate-ids.ts";
import {
	appSecret,
	igUserId,
	pageId,
	pageToken,
	startSandbox,
	userToken,
} from "../support/sandbox-world.ts";

const me = { token: userToken };

describe("gates", () => {
	test("tell which is closed, and why", async () => {
		const { ask, subscribe } = startSandbox({ closedGates: ["app-live"] });
		await subscribe();
		const { json } = await ask("POST /sandbox/gates", { json: {} });
		expect(json.gates.map(({ id }: { id: string }) => id)).toEqual(gateIds);
		expect(
			json.gates.filter(({ open }: { open: boolean }) => !open),
		).toMatchObject([
			{ id: "app-live", details: ["the app is in development mode"] },
		]);
	});

	test.each(gateIds)("%s closes and opens again", async (id) => {
		const { ask, subscribe } = startSandbox();
		await subscribe();
		const closed = async () => {
			const field = id === "broadcasting" ? "live_comments" : "comments";
			const { json } = await ask("POST /sandbox/trigger", { json: { field } });
			return json.gates.map((gate: { id: string }) => gate.id);
		};
		await ask("POST /sandbox/close", { json: { gates: [id] } });
		expect(await closed()).toContain(id);
		await ask("POST /sandbox/open", { json: { gates: [id] } });
		expect(await closed()).toEqual([]);
	});

	test("the one of the app's subscription needs a callback", async () => {
		const { refusal } = startSandbox();
		const json = { gates: ["app-subscription"] };
		expect(await refusal("POST /sandbox/open", { json })).toContain(
			"app-subscription opens when the app subscribes",
		);
	});
});

describe("the log of calls", () => {
	test("shows whose token it was, what it may do, and why it was refused", async () => {
		const { ask } = startSandbox();
		await ask(`GET /${igUserId}?fields=username`, { token: pageToken });
		await ask("GET /me?access_token=nonsense");
		const { json } = await ask("POST /sandbox/calls", { json: {} });
		expect(json.calls).toEqual([
			{
				type: "request",
				method: "GET",
				path: `/${igUserId}`,
				status: 200,
				parameters: { fields: "username", access_token: "…" },
				as: `page ${pageId}`,
				granted: expect.arrayContaining(["instagram_basic"]),
			},
			{
				type: "request",
				method: "GET",
				path: "/me",
				status: 400,
				parameters: { access_token: "…" },
				as: "a bad token",
				granted: [],
				error: {
					code: 190,
					message: "Invalid OAuth access token - Cannot parse access token",
				},
			},
		]);
	});

	test("holds no secret", async () => {
		const { ask } = startSandbox();
		await ask(
			`GET /oauth/access_token?client_id=1&client_secret=${appSecret}&fb_exchange_token=${userToken}`,
		);
		const { text } = await ask("POST /sandbox/calls", { json: {} });
		expect(text).not.toContain(appSecret);
		expect(text).not.toContain(userToken);
	});
});

describe("faults", () => {
	test("meet the calls they name, as often as they say", async () => {
		const { ask, refusal } = startSandbox();
		await ask("POST /sandbox/fail", {
			json: { fail: "190/460", on: "GET /me", times: 1 },
		});
		expect((await ask(`GET /${igUserId}`, me)).status).toBe(200);
		expect(await refusal("GET /v25.0/me", me)).toMatch(
			/^400 OAuthException 190\/460: Error validating access token: /,
		);
		expect((await ask("GET /me", me)).status).toBe(200);
	});

	test.each([
		["4", 400, ["X-App-Usage"]],
		["4@403", 403, ["X-App-Usage"]],
		["17", 400, ["X-App-Usage"]],
		["80002", 400, ["X-Business-Use-Case-Usage"]],
		["2", 503, []],
		["12345", 400, []],
	])("%s", async (fail, status, usage) => {
		const { ask } = startSandbox({ faults: [{ on: "*", fail }] });
		const answer = await ask("GET /me", me);
		expect([answer.status, answer.json.error.code]).toEqual([
			status,
			Number.parseInt(fail, 10),
		]);
		expect(
			answer.headers
				.map(([name]) => name)
				.filter((name) => /usage/i.test(name)),
		).toEqual(usage);
	});

	test("slow calls down", async () => {
		const { ask, naps } = startSandbox({ faults: [{ on: "*", delayMs: 900 }] });
		expect((await ask("GET /me", me)).status).toBe(200);
		expect(naps).toEqual([900]);
	});

	test("are healed", async () => {
		const { ask } = startSandbox({ faults: [{ on: "GET", fail: "1" }] });
		expect((await ask("GET /me", me)).status).toBe(500);
		await ask("POST /sandbox/heal", { json: {} });
		expect((await ask("GET /me", me)).status).toBe(200);
	});

	test.each([
		[
			{ fail: "x" },
			"Param fail must be an error, such as 190, 190/463 or 4@403.",
		],
		[
			{ fail: "4", on: "me" },
			"Param on must name calls, such as POST /mentions, /me or *.",
		],
		[{ fail: "4", times: 0 }, "Param times must be a positive integer."],
		[{ on: "*" }, "The parameter fail is required."],
	])("not %j", async (json, message) => {
		const { refusal } = startSandbox();
		expect(await refusal("POST /sandbox/fail", { json })).toBe(
			`400 OAuthException 100: (#100) ${message}`,
		);
	});
});

test("a rate limit shows in every answer, then refuses", async () => {
	const { ask, refusal } = startSandbox({ rateLimit: 2 });
	const { headers } = await ask("GET /me", me);
	expect(headers).toContainEqual([
		"X-App-Usage",
		'{"call_count":50,"total_time":50,"total_cputime":1}',
	]);
	await ask("GET /me", me);
	expect(await refusal("GET /me", me)).toBe(
		"400 OAuthException 4: (#4) Application request limit reached",
	);
});

test("an app that requires proof refuses calls without", async () => {
	const { ask, refusal, state } = startSandbox({ requireProof: true });
	expect(await refusal("GET /me", me)).toBe(
		"400 GraphMethodException 100: API calls from the server require an appsecret_proof argument",
	);
	const token = `${state.app.id}|${state.app.secret}`;
	expect((await ask(`GET /${state.app.id}`, { token })).status).toBe(200);
});

test("tokens expire, comments are deleted", async () => {
	const { ask, refusal, state } = startSandbox();
	await ask("POST /sandbox/expire-token", { json: { token: pageToken } });
	expect(await refusal("GET /me", { token: pageToken })).toContain("190/463");
	const [id] = [...state.comments.keys()];
	await ask("POST /sandbox/delete-comment", { json: { id } });
	expect(state.comments.has(id as string)).toBe(false);
	expect(
		await refusal("POST /sandbox/delete-comment", { json: { id } }),
	).toContain("100/33");
});
