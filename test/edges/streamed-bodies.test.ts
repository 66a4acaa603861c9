import { once } from "node:events";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { bodyText, type ServedResponse, streamBody } from "../../src/http.ts";
import { sendExactly } from "../../src/system/http-client.ts";
import { serveOnLoopback } from "../../src/system/http-server.ts";
import type { Listening } from "../../src/world.ts";

let server: Listening;
afterEach(() => server.close());

async function serve(response: () => ServedResponse) {
	server = await serveOnLoopback(async () => response(), {
		port: 0,
		maxBodyBytes: 1000,
	});
}

const events = (body: ServedResponse["body"]): ServedResponse => ({
	status: 200,
	headers: [["Content-Type", "text/event-stream"]],
	body,
});

const get = (url: string) =>
	sendExactly({
		method: "GET",
		url,
		headers: [],
		body: Buffer.from(""),
		timeoutMs: 5000,
	});

async function connect() {
	const socket = net.connect(server.port, "127.0.0.1");
	let received = "";
	socket.on("data", (bytes) => {
		received += bytes;
	});
	await once(socket, "connect");
	socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
	return { socket, received: () => received };
}

test("a stream arrives whole, and the connection takes the next request", async () => {
	const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
	await serve(() =>
		events(
			streamBody(async function* () {
				for (let n = 0; n < 1000; n++) yield bytes;
			}),
		),
	);
	for (let n = 0; n < 2; n++) {
		const { status, body } = await get(server.url);
		expect(status).toBe(200);
		const whole = Buffer.concat(Array.from({ length: 1000 }, () => bytes));
		expect(whole.equals(body)).toBe(true);
	}
});

test("headers and each chunk leave as soon as they are there", async () => {
	let next = () => {};
	await serve(() =>
		events(
			streamBody(async function* () {
				for (let n = 1; n <= 2; n++) {
					await new Promise<void>((resolve) => {
						next = resolve;
					});
					yield Buffer.from(`data: ${n}\n\n`);
				}
			}),
		),
	);
	const { socket, received } = await connect();
	await expect.poll(received).toContain("200 OK");
	next();
	await expect.poll(received).toContain("data: 1");
	expect(received()).not.toContain("data: 2");
	next();
	await expect.poll(received).toContain("data: 2");
	socket.destroy();
});

test.each(["while it waits", "while it sends"])(
	"a client that leaves ends the stream %s",
	async (when) => {
		let ended = false;
		await serve(() =>
			events(
				streamBody(async function* (gone) {
					try {
						yield Buffer.from("data: 1\n\n");
						while (!gone.aborted) {
							if (when === "while it waits") await once(gone, "abort");
							else yield Buffer.alloc(100_000);
						}
					} finally {
						ended = true;
					}
				}),
			),
		);
		const { socket, received } = await connect();
		await expect.poll(received).toContain("data: 1");
		await sleep(20);
		expect(ended).toBe(false);
		socket.destroy();
		await expect.poll(() => ended).toBe(true);
	},
);

test("a client that does not read holds the source back", async () => {
	let made = 0;
	await serve(() =>
		events(
			streamBody(async function* (gone) {
				for (; !gone.aborted; made++) yield Buffer.alloc(100_000);
			}),
		),
	);
	const { socket } = await connect();
	socket.pause();
	await sleep(300);
	const before = made;
	await sleep(100);
	expect(made).toBe(before);
	socket.destroy();
});

test("a source that fails breaks the answer off, and the server goes on", async () => {
	let fail = true;
	await serve(() =>
		events(
			streamBody(async function* () {
				yield Buffer.from("data: 1\n\n");
				if (fail) throw new Error("no");
			}),
		),
	);
	await expect(get(server.url)).rejects.toMatchObject({ code: "network" });
	fail = false;
	expect(bodyText(await get(server.url))).toBe("data: 1\n\n");
});

test("a header that cannot be sent is answered 500", async () => {
	await serve(() => ({
		status: 200,
		headers: [["X-Bad", "a\nb"]],
		body: Buffer.from(""),
	}));
	expect((await get(server.url)).status).toBe(500);
});
