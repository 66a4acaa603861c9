import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { startSandbox, type TestSandbox } from "../../src/library/sandbox.ts";
import {
	answerHandshake,
	parseDelivery,
	verifySignature,
} from "../../src/library/webhook.ts";

const servers: Server[] = [];
const sandboxes: TestSandbox[] = [];

afterEach(async () => {
	for (const sandbox of sandboxes.splice(0)) await sandbox.stop();
	for (const server of servers.splice(0))
		await new Promise((resolve) => server.close(resolve));
});

async function listen(listener: RequestListener): Promise<string> {
	const server = createServer(listener).listen(0, "127.0.0.1");
	servers.push(server);
	await new Promise((resolve) => server.once("listening", resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
}

/** Answers handshakes, and deliveries with these statuses, then 200. */
function receiver(verifyToken: string, statuses: number[] = []) {
	return listen((request, response) => {
		request.resume();
		if (request.method === "POST") {
			response.statusCode = statuses.shift() ?? 200;
			return response.end("thanks");
		}
		const verdict = answerHandshake(request, verifyToken);
		response.statusCode = verdict.ok ? 200 : 403;
		response.end(verdict.ok ? verdict.challenge : verdict.reason);
	});
}

async function start(options?: Parameters<typeof startSandbox>[0]) {
	const sandbox = await startSandbox(options);
	sandboxes.push(sandbox);
	return sandbox;
}

test("delivers what happens, and shows the bytes and the answer", async () => {
	const sandbox = await start();
	const { appSecret, verifyToken } = sandbox.credentials;
	await sandbox.subscribe(await receiver(verifyToken));
	const result = await sandbox.trigger("comments", {
		text: "Hi",
		from: "nora",
	});
	expect(result.delivery).toMatchObject({ status: 200 });
	const { request, response } = await sandbox.waitForDelivery();
	expect(
		await verifySignature(request.body, request.headers, appSecret),
	).toMatchObject({ valid: true });
	expect(parseDelivery(request.body).changes).toMatchObject([
		{ field: "comments", value: { text: "Hi", from: { username: "nora" } } },
	]);
	expect(Buffer.from(response?.body ?? []).toString()).toBe("thanks");
	expect(sandbox.deliveries).toHaveLength(1);
});

test("has what it is seeded with", async () => {
	const sandbox = await start({
		seed: {
			accounts: [{ id: "17841400000000001", username: "roastery" }],
			pages: [{ id: "2000000000000001", accountId: "17841400000000001" }],
			media: [{ id: "17900000000000001", owner: "roastery" }],
		},
	});
	await sandbox.subscribe(await receiver(sandbox.credentials.verifyToken));
	const result = await sandbox.trigger("comments", {
		accountId: "17841400000000001",
	});
	expect(result).toMatchObject({
		value: { media: { id: "17900000000000001" } },
		delivery: { status: 200 },
	});
	const bad = { comments: [{ id: "1", mediaId: "2", from: "x" }] };
	await expect(startSandbox({ seed: bad })).rejects.toThrow(
		"seed option cannot be the sandbox's seed: comment 1 is on media 2, which is not there",
	);
});

test("serves graph.instagram.com too", async () => {
	const { instagramUrl, credentials } = await start();
	const answer = await fetch(`${instagramUrl}/me?fields=username`, {
		headers: { Authorization: `Bearer ${credentials.instagramToken}` },
	});
	expect(await answer.json()).toMatchObject({ username: "bluebottle" });
});

test("a callback that fails the handshake is refused in Meta's words", async () => {
	const sandbox = await start();
	const url = await receiver("another token");
	await expect(sandbox.subscribe(url)).rejects.toThrow(
		"(#2200) Callback verification failed with the following errors: HTTP Status Code = 403",
	);
});

describe("waiting for a delivery", () => {
	test("takes one that is made later, and each once", async () => {
		const sandbox = await start();
		await sandbox.subscribe(await receiver(sandbox.credentials.verifyToken));
		const second = sandbox.waitForDelivery(({ field }) => field === "mentions");
		await sandbox.trigger("comments");
		await sandbox.trigger("mentions");
		expect((await second).field).toBe("mentions");
		expect((await sandbox.waitForDelivery()).field).toBe("comments");
		await expect(
			sandbox.waitForDelivery(undefined, { timeoutMs: 1 }),
		).rejects.toThrow("no such delivery within 1 ms: 2 were made before");
	});

	test("explains with the closed gate why none comes", async () => {
		const sandbox = await start({ closedGates: ["app-live"] });
		await sandbox.subscribe(await receiver(sandbox.credentials.verifyToken));
		const { delivery, gates } = await sandbox.trigger("comments");
		expect([delivery, gates.map(({ id }) => id)]).toEqual([null, ["app-live"]]);
		await expect(
			sandbox.waitForDelivery(undefined, { timeoutMs: 1 }),
		).rejects.toThrow("app-live is closed, the app is in development mode");
		await sandbox.openGates("app-live");
		expect((await sandbox.trigger("comments")).delivery?.status).toBe(200);
		await sandbox.closeGates("permission");
		expect(
			(await sandbox.gates()).filter(({ open }) => !open).map(({ id }) => id),
		).toEqual(["permission"]);
	});

	test("ends with the sandbox", async () => {
		const sandbox = await start();
		const waiting = sandbox.waitForDelivery();
		const ended = expect(waiting).rejects.toThrow("the sandbox was stopped");
		await sandbox.stop();
		await ended;
	});
});

test("sends again, faster than Meta", async () => {
	const sandbox = await start({ retrySpeed: 1_000_000 });
	const statuses = [500, 503];
	await sandbox.subscribe(
		await receiver(sandbox.credentials.verifyToken, statuses),
	);
	await sandbox.trigger("comments");
	const last = await sandbox.waitForDelivery(({ status }) => status === 200);
	expect(last.attempt).toBe(3);
});

test("answers calls, shows them, and lets them fail", async () => {
	const sandbox = await start();
	const { igUserId, pageToken } = sandbox.credentials;
	const ask = () =>
		fetch(`${sandbox.url}/v25.0/${igUserId}?fields=username`, {
			headers: { Authorization: `Bearer ${pageToken}` },
		});
	expect(await (await ask()).json()).toEqual({
		username: "bluebottle",
		id: igUserId,
	});
	await sandbox.addFault({ on: `GET /${igUserId}`, fail: "4", times: 1 });
	const limited = await ask();
	expect([limited.status, limited.headers.get("x-app-usage")]).toEqual([
		400,
		'{"call_count":100,"total_cputime":25,"total_time":25}',
	]);
	await sandbox.addFault({ on: "*", drop: true });
	await expect(ask().then((answer) => answer.text())).rejects.toThrow();
	await sandbox.clearFaults();
	await sandbox.expireToken();
	expect((await ask()).status).toBe(400);
	expect(sandbox.calls.map(({ error }) => error?.code)).toEqual([
		undefined,
		4,
		undefined,
		190,
	]);
	await expect(sandbox.addFault({ on: "*", fail: "x" })).rejects.toThrow(
		"Param fail must be an error",
	);
});

test("plays scenarios", async () => {
	const sandbox = await start();
	await sandbox.subscribe(await receiver(sandbox.credentials.verifyToken));
	const events = await sandbox.playScenario("viral-post", { speed: 1000 });
	expect(events).toHaveLength(500);
	expect(sandbox.deliveries).toHaveLength(500);
	expect(events.every(({ delivery }) => delivery?.status === 200)).toBe(true);
});

test("the Test button passes every gate", async () => {
	const sandbox = await start({ closedGates: ["app-live"] });
	await sandbox.subscribe(await receiver(sandbox.credentials.verifyToken));
	expect((await sandbox.pressTest("messages")).delivery.status).toBe(200);
});

test("a hundred of them leave nothing behind", async () => {
	const before = await settledHandles();
	const signals = process.eventNames().map(String).sort();
	for (let round = 0; round < 10; round++) {
		const url = await receiver("igwh-sandbox-verify-token", [500]);
		const some = await Promise.all(
			Array.from({ length: 10 }, () => startSandbox()),
		);
		for (const sandbox of some) {
			await sandbox.subscribe(url);
			await sandbox.trigger("comments");
		}
		await Promise.all(some.map((sandbox) => sandbox.stop()));
		for (const server of servers.splice(0))
			await new Promise((resolve) => server.close(resolve));
	}
	const left = await settledHandles();
	for (const name of before) {
		const at = left.indexOf(name);
		if (at >= 0) left.splice(at, 1);
	}
	expect(left).toEqual([]);
	expect(process.eventNames().map(String).sort()).toEqual(signals);
});

/**
 * What keeps the process running, once what was closed has left the loop. Vitest's
 * own timers come and go; that ours end is shown by the README's examples, whose
 * processes end by themselves.
 */
async function settledHandles(): Promise<string[]> {
	for (let turn = 0; turn < 50; turn++) await setImmediate();
	return process
		.getActiveResourcesInfo()
		.filter((name) => !["Immediate", "Timeout"].includes(name))
		.sort();
}
