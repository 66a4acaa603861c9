import { readFileSync } from "node:fs";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { type HttpRequest, textResponse } from "../../src/http.ts";
import { sendExactly } from "../../src/system/http-client.ts";
import { serveOnLoopback } from "../../src/system/http-server.ts";
import { openLocaltunnel } from "../../src/system/open-localtunnel.ts";
import { startLocaltunnelServer } from "../support/localtunnel-server.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0).reverse()) await close();
});

async function server(port?: number) {
	const running = await startLocaltunnelServer(port);
	closing.push(running.close);
	return running;
}

async function local() {
	const received: HttpRequest[] = [];
	const running = await serveOnLoopback(
		async (request) => {
			received.push(request);
			return textResponse(200, `here is ${request.target}`);
		},
		{ port: 0, maxBodyBytes: 1_000_000 },
	);
	closing.push(running.close);
	return { received, port: running.port };
}

async function open(host: string, port: number, subdomain = "mine") {
	const tunnel = await openLocaltunnel({
		port,
		host,
		subdomain,
		timeoutMs: 5000,
	});
	closing.push(() => tunnel.close());
	return tunnel;
}

const post = (entry: string, host: string, body: Buffer, timeoutMs = 5000) =>
	sendExactly({
		method: "POST",
		url: `${entry}/webhook?a=%20b`,
		headers: [
			["Host", host],
			["X-Odd-Case", "1"],
		],
		body,
		timeoutMs,
	});

test("every byte comes through as it was sent", async () => {
	const { url: host, publicUrl } = await server();
	const { received, port } = await local();
	const tunnel = await open(host, port);
	expect([tunnel.url, tunnel.entry]).toEqual([publicUrl("mine"), host]);
	const bytes = Buffer.from(
		Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256),
	);
	for (const body of [bytes, Buffer.from("\r\nHost: inner\r\n")]) {
		const answer = await post(host, "mine.localhost.test", body);
		expect(answer.status).toBe(200);
		expect(Buffer.from(received.at(-1)?.body ?? [])).toEqual(body);
	}
	expect(received[0]?.target).toBe("/webhook?a=%20b");
	expect(received[0]?.headers).toContainEqual(["host", "mine.localhost.test"]);
});

test("a server that goes away is a lost tunnel, not a crash", async () => {
	const gone = await startLocaltunnelServer();
	const { port } = await local();
	const tunnel = await open(gone.url, port);
	await gone.close();
	gone.cut();
	expect(await tunnel.lost).toMatch(/connection refused/);
	tunnel.close();
});

test.each([
	[
		"nobody",
		"http://127.0.0.1:1",
		undefined,
		/gave no tunnel: nothing listens at 127\.0\.0\.1:1$/,
	],
	[
		"a name that is not allowed",
		undefined,
		"A_B",
		/gave no tunnel: Invalid subdomain/,
	],
])("%s is a failure at once", async (_, url, subdomain, message) => {
	const host = url ?? (await server()).url;
	await expect(open(host, 1, subdomain)).rejects.toMatchObject({
		code: "tunnel",
		message: expect.stringMatching(message),
	});
});

test("a server that talks of no tunnel, or of one that takes no connection", async () => {
	const refusing = '{"url":"https://x.example","port":1,"id":"x"}';
	const answers = ["<html>", refusing, refusing, refusing];
	const odd = await serveOnLoopback(
		async () => textResponse(200, answers.shift() ?? ""),
		{ port: 0, maxBodyBytes: 10 },
	);
	closing.push(odd.close);
	await expect(open(odd.url, 1)).rejects.toThrow("it answered 200");
	await expect(open(odd.url, 1)).rejects.toThrow("connection refused");
	expect(answers).toEqual([]);
});

test("an address that its server took back meanwhile is asked for again", async () => {
	const { url: host } = await server();
	const { port } = await local();
	let asked = 0;
	const busy = await serveOnLoopback(
		async ({ target }) => {
			if (++asked === 1)
				return textResponse(
					200,
					'{"url":"https://x.example","port":1,"id":"x"}',
				);
			const { status, body } = await sendExactly({
				...{ method: "GET", url: host + target, headers: [], timeoutMs: 5000 },
				body: Buffer.from(""),
			});
			return { status, headers: [], body };
		},
		{ port: 0, maxBodyBytes: 10 },
	);
	closing.push(busy.close);
	expect((await open(busy.url, port)).url).toBe("http://mine.localhost.test");
	expect(asked).toBe(2);
});

test("connections that are cut while they carry something harm nobody", async () => {
	const { url: host } = await server();
	const sockets: net.Socket[] = [];
	const rude = net.createServer((socket) => {
		sockets.push(socket);
		socket.on("error", () => {});
		socket.on("data", () => socket.resetAndDestroy());
	});
	await new Promise<void>((resolve) => rude.listen(0, "127.0.0.1", resolve));
	closing.push(() => new Promise((resolve) => rude.close(resolve)));
	const { port } = rude.address() as net.AddressInfo;
	await open(host, port);
	for (let n = 0; n < 3; n++)
		// The server never answers what its tunnel lost.
		await expect(
			post(host, "mine.localhost.test", Buffer.from("x"), 100),
		).rejects.toThrow();
	expect(sockets.length).toBeGreaterThan(0);
});

test.each([
	["answers later than the time to open", 400, /did not answer within/],
	["answers just in time", 100, undefined],
])("a server that %s", async (_, delayMs, failure) => {
	const remote = net.createServer();
	await new Promise<void>((resolve) => remote.listen(0, "127.0.0.1", resolve));
	closing.push(() => remote.close());
	const { port } = remote.address() as net.AddressInfo;
	const registry = await serveOnLoopback(
		async () => {
			await sleep(delayMs);
			return textResponse(
				200,
				JSON.stringify({ id: "mine", url: "https://mine.example", port }),
			);
		},
		{ port: 0, maxBodyBytes: 10 },
	);
	closing.push(registry.close);
	const opening = openLocaltunnel({
		port: (await local()).port,
		host: registry.url,
		timeoutMs: 250,
	});
	if (failure) return expect(opening).rejects.toThrow(failure);
	closing.push((await opening).close);
	expect((await opening).url).toBe("https://mine.example");
});

test.runIf(process.platform === "linux")(
	"a connection to the server is probed after half a minute of silence",
	async () => {
		const remote = net.createServer();
		await new Promise<void>((resolve) =>
			remote.listen(0, "127.0.0.1", resolve),
		);
		closing.push(() => remote.close());
		const { port } = remote.address() as net.AddressInfo;
		const registry = await serveOnLoopback(
			async () =>
				textResponse(
					200,
					JSON.stringify({ id: "mine", url: "https://mine.example", port }),
				),
			{ port: 0, maxBodyBytes: 10 },
		);
		closing.push(registry.close);
		await open(registry.url, (await local()).port);
		const peer = `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")}`;
		const [, , , , , timer] =
			readFileSync("/proc/net/tcp", "utf8")
				.split("\n")
				.map((line) => line.trim().split(/\s+/))
				.find(([, , to]) => to === peer) ?? [];
		// 02 is the timer for keep-alive probes; its time is in hundredths of a second.
		const [kind, left] = (timer ?? "").split(":");
		expect(kind).toBe("02");
		expect(Number.parseInt(left ?? "", 16)).toBeLessThanOrEqual(30_00);
	},
);
