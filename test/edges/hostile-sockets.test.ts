import net from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { textResponse } from "../../src/http.ts";
import { sendExactly } from "../../src/system/http-client.ts";
import { serveOnLoopback } from "../../src/system/http-server.ts";
import type { Listening } from "../../src/world.ts";

const maxBodyBytes = 100_000;
let server: Listening;
let served: number;
const sockets: net.Socket[] = [];

beforeEach(async () => {
	served = 0;
	server = await serveOnLoopback(
		async ({ body }) => {
			served += 1;
			return textResponse(200, String(body.length));
		},
		{ port: 0, maxBodyBytes },
	);
});

afterEach(async () => {
	// Whatever was done to it, it still takes deliveries.
	const answer = await sendExactly({
		method: "POST",
		url: `${server.url}/webhook`,
		headers: [],
		body: Buffer.from("still here"),
		timeoutMs: 5000,
	});
	expect(answer.status).toBe(200);
	for (const socket of sockets.splice(0)) socket.destroy();
	await server.close();
});

function connect(): Promise<net.Socket> {
	return new Promise((resolve, reject) => {
		const socket = net.connect(server.port, "127.0.0.1", () => resolve(socket));
		socket.on("error", reject);
		sockets.push(socket);
	});
}

/** Sends bytes and gives the status line of the answer; nothing where the connection just ends. */
async function say(...parts: (string | Buffer)[]): Promise<string> {
	const socket = await connect();
	const chunks: Buffer[] = [];
	return new Promise((resolve) => {
		const done = () =>
			resolve(Buffer.concat(chunks).toString().split("\r\n")[0] ?? "");
		socket.removeAllListeners("error").on("error", done).on("close", done);
		socket.on("data", (chunk) => {
			chunks.push(chunk);
			socket.end();
		});
		for (const part of parts) socket.write(part);
	});
}

const head = (...headers: string[]) =>
	["POST /webhook HTTP/1.1", "Host: x", ...headers, "", ""].join("\r\n");

test.each<[string, (string | Buffer)[], string]>([
	[
		"headers beyond reason",
		[head(`X-Big: ${"a".repeat(20_000)}`)],
		"HTTP/1.1 431 Request Header Fields Too Large",
	],
	[
		"bytes that are no HTTP",
		[Buffer.from([0, 255, 1, 2, 13, 10, 13, 10])],
		"HTTP/1.1 400 Bad Request",
	],
	[
		"two lengths",
		[head("Content-Length: 1", "Content-Length: 2"), "ab"],
		"HTTP/1.1 400 Bad Request",
	],
	[
		"a length and chunks",
		[head("Content-Length: 1", "Transfer-Encoding: chunked"), "a"],
		"HTTP/1.1 400 Bad Request",
	],
	[
		"a negative length",
		[head("Content-Length: -1")],
		"HTTP/1.1 400 Bad Request",
	],
	["no host", ["POST /webhook HTTP/1.1\r\n\r\n"], "HTTP/1.1 400 Bad Request"],
	[
		"a broken chunk",
		[head("Transfer-Encoding: chunked"), "zz\r\n"],
		"HTTP/1.1 400 Bad Request",
	],
	[
		"a body that is too long",
		[
			head(`Content-Length: ${maxBodyBytes + 1}`),
			Buffer.alloc(maxBodyBytes + 1),
		],
		"HTTP/1.1 413 Payload Too Large",
	],
	[
		"a body without an end",
		[
			head("Transfer-Encoding: chunked"),
			...Array(30).fill(`1000\r\n${"a".repeat(4096)}\r\n`),
		],
		"HTTP/1.1 413 Payload Too Large",
	],
	[
		"a wrong content type",
		[head("Content-Type: image/png; charset=x", "Content-Length: 1"), "a"],
		"HTTP/1.1 200 OK",
	],
	[
		"a path that decodes to nothing",
		["GET /%00%ff?%=%zz HTTP/1.1\r\nHost: x\r\n\r\n"],
		"HTTP/1.1 200 OK",
	],
])("%s", async (_, parts, status) => {
	expect(await say(...parts)).toBe(status);
});

test("half a request, then nothing or a hang-up, holds nobody else up", async () => {
	for (let n = 0; n < 50; n++) {
		const socket = await connect();
		socket.write(head("Content-Length: 1000").slice(0, 20 + n));
	}
	const cut = await connect();
	cut.write(`${head("Content-Length: 1000")}abc`);
	cut.destroy();
	expect(await say(head("Content-Length: 0"))).toBe("HTTP/1.1 200 OK");
	expect(served).toBe(1);
});

test("three hundred connections at once are all served", async () => {
	const open = await Promise.all(Array.from({ length: 300 }, connect));
	const answers = open.map(
		(socket) =>
			new Promise<string>((resolve) => {
				socket.once("data", (chunk) => resolve(chunk.toString().slice(0, 15)));
				socket.write(`${head("Content-Length: 2")}ok`);
			}),
	);
	expect(new Set(await Promise.all(answers))).toEqual(
		new Set(["HTTP/1.1 200 OK"]),
	);
});

test("bodies that are only half here stay within bounds, all together", async () => {
	for (let n = 0; n < 33; n++) {
		const socket = await connect();
		socket.on("error", () => {});
		socket.write(head(`Content-Length: ${maxBodyBytes}`));
		await new Promise<void>((resolve) => {
			socket.write(Buffer.alloc(maxBodyBytes - 10), () => resolve());
		});
	}
	await expect
		.poll(() =>
			say(head(`Content-Length: ${maxBodyBytes}`), Buffer.alloc(maxBodyBytes)),
		)
		.toBe("HTTP/1.1 503 Service Unavailable");
	for (const socket of sockets.splice(0)) socket.destroy();
	await expect
		.poll(() =>
			say(head(`Content-Length: ${maxBodyBytes}`), Buffer.alloc(maxBodyBytes)),
		)
		.toBe("HTTP/1.1 200 OK");
});
