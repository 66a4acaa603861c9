import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { spawn as spawnInTerminal } from "@lydell/node-pty";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { textResponse } from "../../src/http.ts";
import { createSandbox } from "../../src/sandbox/sandbox.ts";
import { sendExactly } from "../../src/system/http-client.ts";
import { openSqlite } from "../../src/system/sqlite.ts";
import { systemWorld } from "../../src/system/system-world.ts";
import { answerHandshake } from "../../src/webhook/handshake.ts";
import { deliveryHeaders } from "../../src/webhook/meta-request.ts";
import type { Listening } from "../../src/world.ts";
import {
	appId,
	appSecret,
	appToken,
	verifyToken,
} from "../support/sandbox-world.ts";

// Real processes, pipes and pseudo-terminals, on a machine that may be busy.
vi.setConfig({ testTimeout: 40_000 });

const program = join(import.meta.dirname, "../../bin/igwh.js");
const world = systemWorld();
const servers: Listening[] = [];
const pids: number[] = [];
let home: string;
let graphUrl: string;
let originalUrl: string;
let close = () => {};
/** The Graph API answers no more. */
let hangs = false;

beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), "igwh-endings-"));
	const original = await world.network.serve(
		async ({ target }) => {
			const verdict = answerHandshake(
				new URLSearchParams(target.split("?")[1]),
				verifyToken,
			);
			return verdict.ok
				? textResponse(200, verdict.challenge)
				: textResponse(403, "");
		},
		{ port: 0, maxBodyBytes: 1 << 20 },
	);
	const sandbox = createSandbox(world);
	hangs = false;
	const server = await world.network.serve(
		(request) => (hangs ? new Promise(() => {}) : sandbox.handler(request)),
		{ port: 0, maxBodyBytes: 1 << 20 },
	);
	servers.push(original, server);
	close = sandbox.close;
	graphUrl = server.url;
	originalUrl = `${original.url}/original`;
	await graph("POST", {
		object: "instagram",
		callback_url: originalUrl,
		verify_token: verifyToken,
		fields: "mentions",
	});
	expect(await callback()).toBe(originalUrl);
});

afterEach(async () => {
	for (const pid of pids.splice(0))
		try {
			process.kill(pid, "SIGKILL");
		} catch {
			// It has ended.
		}
	close();
	for (const server of servers.splice(0)) await server.close();
	await rm(home, { recursive: true, force: true });
});

async function graph(method: string, form?: Record<string, string>) {
	const { body } = await sendExactly({
		method,
		url: `${graphUrl}/v25.0/${appId}/subscriptions?access_token=${encodeURIComponent(appToken)}`,
		headers: form
			? [["Content-Type", "application/x-www-form-urlencoded"]]
			: [],
		body: Buffer.from(form ? new URLSearchParams(form).toString() : ""),
		timeoutMs: 10_000,
	});
	return JSON.parse(Buffer.from(body as Uint8Array).toString());
}

/** The app's callback, as the Graph API has it. */
async function callback(): Promise<string | undefined> {
	return (await graph("GET")).data[0]?.callback_url;
}

const taken = () =>
	expect.poll(callback, { timeout: 15_000 }).not.toBe(originalUrl);
const restored = async () => expect(await callback()).toBe(originalUrl);

const command = (...flags: string[]) => [
	...[program, "listen", "--subscribe", "--sandbox", "--no-tunnel"],
	...["--port", "0", "--home", home, "--graph-url", graphUrl, ...flags],
];
const env = { PATH: process.env.PATH ?? "" };

/** A listener that has taken the app's callback; its stdout is a pipe. */
async function listen(...flags: string[]) {
	const child = spawn(process.execPath, command("--json", ...flags), { env });
	pids.push(child.pid as number);
	let said = "";
	child.stderr.on("data", (text) => {
		said += text;
	});
	const lines = createInterface(child.stdout);
	const iterator = lines[Symbol.asyncIterator]();
	const ended = once(child, "exit");
	for (;;) {
		const { value } = await iterator.next();
		const record = JSON.parse(value);
		if (record.type !== "ready") continue;
		await taken();
		return { child, ended, lines, said: () => said, url: record.localUrl };
	}
}

/** A listener in a terminal of its own. */
async function listenInTerminal() {
	const terminal = spawnInTerminal(process.execPath, command(), {
		env: { ...env, TERM: "xterm-256color" },
		cols: 100,
		rows: 30,
	});
	pids.push(terminal.pid);
	let shown = "";
	const ready = new Promise<void>((resolve) =>
		terminal.onData((data) => {
			shown += data;
			if (shown.includes("try it with")) resolve();
		}),
	);
	await ready;
	await taken();
	const url = /http:\/\/127\.0\.0\.1:\d+\/webhook/.exec(shown)?.[0] ?? "";
	return { terminal, url };
}

let sent = 0;

function deliver(url: string, text = "hello") {
	const body = Buffer.from(
		`{"entry": [{"id": "17841400000000001", "time": 1, "changes": [{"value": {"id": "${++sent}", "text": "${text}"}, "field": "comments"}]}], "object": "instagram"}`,
	);
	return sendExactly({
		method: "POST",
		url,
		headers: deliveryHeaders(body, "changes", appSecret),
		body,
		timeoutMs: 10_000,
	}).then(
		({ status }) => status,
		() => 0,
	);
}

/** Deliveries one after the other from several clients, until the listener is gone. */
async function load(url: string): Promise<number> {
	let acknowledged = 0;
	const client = async () => {
		while ((await deliver(url)) === 200) acknowledged++;
	};
	await Promise.all(Array.from({ length: 8 }, client));
	return acknowledged;
}

async function stored(): Promise<number> {
	const database = await openSqlite(join(home, "sandbox.db"));
	try {
		expect(database.all("PRAGMA integrity_check")).toEqual([
			{ integrity_check: "ok" },
		]);
		const [row] = database.all("SELECT count(*) AS count FROM deliveries");
		return Number(row?.count);
	} finally {
		database.close();
	}
}

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
	"%s restores the callback, under load too",
	async (signal) => {
		const { child, ended, url } = await listen();
		const loading = load(url);
		await new Promise((resolve) => setTimeout(resolve, 300));
		child.kill(signal);
		expect(await ended).toEqual([130, null]);
		await restored();
		expect(await stored()).toBeGreaterThanOrEqual(await loading);
	},
);

test.each([false, true])(
	"a closed terminal restores the callback (under load: %s)",
	async (loaded) => {
		const { terminal, url } = await listenInTerminal();
		const loading = loaded ? load(url) : 0;
		await new Promise((resolve) => setTimeout(resolve, 300));
		const ended = new Promise((resolve) => terminal.onExit(resolve));
		(terminal as unknown as { destroy(): void }).destroy();
		await expect.poll(callback, { timeout: 15_000 }).toBe(originalUrl);
		expect(await ended).toMatchObject({ exitCode: 130, signal: 0 });
		expect(await stored()).toBeGreaterThanOrEqual(await loading);
	},
);

test("a closed stdout restores the callback", async () => {
	const { child, ended, lines, url, said } = await listen();
	lines.close();
	child.stdout.destroy();
	// That nobody reads any more is seen when something is written.
	const acknowledged = await load(url);
	expect(await ended).toEqual([0, null]);
	await restored();
	expect(await stored()).toBeGreaterThanOrEqual(acknowledged);
	expect(said()).toBe("");
});

test("Ctrl-C ends a listener whose stdout is not read, and deliveries are answered until then", async () => {
	const { child, ended, lines, url } = await listen();
	lines.pause();
	child.stdout.pause();
	const statuses = new Set<number>();
	// Far more than a pipe holds.
	for (let delivery = 0; delivery < 150; delivery++)
		statuses.add(await deliver(url, "x".repeat(10_000)));
	expect([...statuses]).toEqual([200]);
	child.kill("SIGINT");
	const started = performance.now();
	expect(await ended).toEqual([130, null]);
	expect(performance.now() - started).toBeLessThan(8000);
	await restored();
	expect(await stored()).toBe(150);
});

test("a terminal that is not read stops neither deliveries nor Ctrl-C", async () => {
	const { terminal, url } = await listenInTerminal();
	const ended = new Promise((resolve) => terminal.onExit(resolve));
	terminal.pause();
	for (let delivery = 0; delivery < 300; delivery++)
		expect(await deliver(url, "x".repeat(2000))).toBe(200);
	process.kill(terminal.pid, "SIGINT");
	await expect.poll(callback, { timeout: 15_000 }).toBe(originalUrl);
	terminal.resume();
	expect(await ended).toMatchObject({ exitCode: 130 });
});

async function restoreByHand() {
	expect(await callback()).not.toBe(originalUrl);
	const again = spawn(
		process.execPath,
		command("--restore").filter((word) => word !== "--subscribe"),
		{ env },
	);
	pids.push(again.pid as number);
	expect(await once(again, "exit")).toEqual([0, null]);
	await restored();
}

test.each([
	["--restore", restoreByHand],
	["the next listener", restoreByListening],
])("after kill -9 under load %s restores the callback", async (_, restore) => {
	const { child, ended, url } = await listen();
	const loading = load(url);
	await new Promise((resolve) => setTimeout(resolve, 300));
	child.kill("SIGKILL");
	await ended;
	await restore();
	expect(await stored()).toBeGreaterThanOrEqual(await loading);
});

/** What a plain `igwh listen` does before it is ready. */
async function restoreByListening() {
	expect(await callback()).not.toBe(originalUrl);
	const next = spawn(
		process.execPath,
		command("--json").filter((word) => word !== "--subscribe"),
		{ env },
	);
	pids.push(next.pid as number);
	const ended = once(next, "exit");
	for await (const line of createInterface(next.stdout))
		if (JSON.parse(line).type === "ready") break;
	await restored();
	next.kill("SIGINT");
	expect(await ended).toEqual([130, null]);
	await restored();
}

test("a second Ctrl-C ends at once where Meta does not answer, and the next start restores the callback", async () => {
	const { child, ended } = await listen();
	hangs = true;
	child.kill("SIGINT");
	// npx repeats it to its child.
	await new Promise((resolve) => setTimeout(resolve, 50));
	child.kill("SIGINT");
	await new Promise((resolve) => setTimeout(resolve, 700));
	expect(child.exitCode).toBeNull();
	const started = performance.now();
	child.kill("SIGINT");
	expect(await ended).toEqual([130, null]);
	expect(performance.now() - started).toBeLessThan(3000);
	hangs = false;
	await restoreByHand();
});

test("one unsigned delivery that no view can print ends nothing", async () => {
	const { terminal, url } = await listenInTerminal();
	const ended = new Promise((resolve) => terminal.onExit(resolve));
	const body = Buffer.from(
		'{"object":"instagram","entry":[{"id":"1","time":1,"changes":[{"field":"story_insights","value":{"reach":{"toString":1}}}]}]}',
	);
	const { status } = await sendExactly({
		...{ method: "POST", url, headers: [], body, timeoutMs: 10_000 },
	});
	expect(status).toBe(401);
	await new Promise((resolve) => setTimeout(resolve, 300));
	expect(await deliver(url)).toBe(200);
	process.kill(terminal.pid, "SIGINT");
	expect(await ended).toMatchObject({ exitCode: 130 });
	await restored();
});

test("Ctrl-C ends a program that answers, and whatever holds its output", async () => {
	const { child, ended, url } = await listen(
		"--reply-with",
		"setsid sleep 30 & sleep 30",
	);
	const body = Buffer.from(
		'{"entry": [{"id": "17841405726653026", "time": 1, "changes": [{"value": {"media_id": "17918195224117851", "comment_id": "17894227972186120"}, "field": "mentions"}]}], "object": "instagram"}',
	);
	await sendExactly({
		...{ method: "POST", url, body, timeoutMs: 10_000 },
		headers: deliveryHeaders(body, "changes", appSecret),
	});
	await new Promise((resolve) => setTimeout(resolve, 700));
	const started = performance.now();
	child.kill("SIGINT");
	expect(await ended).toEqual([130, null]);
	expect(performance.now() - started).toBeLessThan(4000);
	await restored();
});
