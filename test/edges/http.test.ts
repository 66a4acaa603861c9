import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import {
	bodyText,
	type Handler,
	type HttpRequest,
	headerValues,
	textResponse,
} from "../../src/http.ts";
import { callApi } from "../../src/system/api-client.ts";
import { sendExactly } from "../../src/system/http-client.ts";
import { serveOnLoopback } from "../../src/system/http-server.ts";
import type { Listening, OutgoingRequest } from "../../src/world.ts";

const open: Listening[] = [];

async function serve(handler: Handler, port = 0) {
	const server = await serveOnLoopback(handler, { port, maxBodyBytes: 1000 });
	open.push(server);
	return server;
}

afterEach(async () => {
	for (const server of open.splice(0)) await server.close();
});

const request = (url: string, more: Partial<OutgoingRequest> = {}) => ({
	method: "POST",
	url,
	headers: [],
	body: Buffer.from(""),
	timeoutMs: 5000,
	...more,
});

/** Everything a server got. */
async function recorder(answer = textResponse(200, "ok")) {
	const got: HttpRequest[] = [];
	const server = await serve(async (request) => {
		got.push(request);
		return answer;
	});
	return { got, url: server.url };
}

describe("what is sent is what arrives", () => {
	test("method, target, header names, order, repeats, and every byte", async () => {
		const { got, url } = await recorder();
		const body = Buffer.from([0, 255, 10, 13, 0x22, 0xc3, 0x28]);
		const headers: [string, string][] = [
			["X-Hub-Signature-256", "sha256=a"],
			["x-hub-signature-256", "sha256=b"],
			["Content-Type", "application/json"],
		];
		await sendExactly(request(`${url}/webhook?a=1&a=%2F+x`, { headers, body }));
		const { host } = new URL(url);
		expect(got).toEqual([
			{
				method: "POST",
				target: "/webhook?a=1&a=%2F+x",
				headers: [
					["host", host],
					["connection", "keep-alive"],
					...headers,
					["content-length", "7"],
				],
				body,
			},
		]);
	});

	test("a body that takes its time arrives whole", async () => {
		const { got, url } = await recorder();
		const body = Buffer.from("0123456789abc");
		await sendExactly(request(url, { body, bodyMs: 20 }));
		expect(got).toMatchObject([{ body }]);
		expect(headerValues(got[0]?.headers ?? [], "content-length")).toEqual([
			"13",
		]);
	});

	test("the answer comes back as it was given, redirects included", async () => {
		const { url } = await recorder(
			textResponse(302, "there", [["Location", "/elsewhere"]]),
		);
		const answer = await sendExactly(request(url));
		expect([
			answer.status,
			bodyText(answer),
			headerValues(answer.headers, "location"),
		]).toEqual([302, "there", ["/elsewhere"]]);
	});
});

describe.each([
	["send", sendExactly],
	["call", callApi],
] as const)("%s without an answer", (_, send) => {
	test("nobody listens", async () => {
		const server = await serve(async () => textResponse(200, ""));
		await server.close();
		await expect(send(request(server.url))).rejects.toMatchObject({
			kind: "refused",
			code: "network",
		});
	});

	test("its signal ends it", async () => {
		const { url } = await serve(() => new Promise(() => {}));
		const stopping = new AbortController();
		const answer = send(request(url, { signal: stopping.signal }));
		stopping.abort();
		await expect(answer).rejects.toMatchObject({ code: "network" });
	});

	test("too slow", async () => {
		const { url } = await serve(() => new Promise(() => {}));
		await expect(send(request(url, { timeoutMs: 20 }))).rejects.toMatchObject({
			kind: "timeout",
		});
	});
});

describe("an API call", () => {
	test.each([
		["GET", [503, 200], 2, 200],
		["DELETE", [503, 200], 2, 200],
		["POST", [503, 200], 1, 503],
		["GET", [400, 200], 1, 400],
	] as const)(
		"%s answered %j is sent %i times",
		async (method, statuses, times, status) => {
			let sent = 0;
			const { url } = await serve(async () =>
				textResponse(statuses[sent++] ?? 500, "x"),
			);
			const answer = await callApi(request(url, { method }));
			expect([sent, answer.status]).toEqual([times, status]);
		},
	);
});

describe("the server", () => {
	test("refuses a body over its limit before the handler sees it", async () => {
		const { got, url } = await recorder();
		const answer = await sendExactly(
			request(url, { body: Buffer.alloc(1001) }),
		);
		expect([answer.status, got]).toEqual([413, []]);
	});

	test("takes a body at its limit, in chunks without a length", async () => {
		const { got, url } = await recorder();
		const socket = connect(Number(new URL(url).port), "127.0.0.1");
		const chunk = `1f4\r\n${"a".repeat(500)}\r\n`;
		socket.write(
			`POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n${chunk}${chunk}0\r\n\r\n`,
		);
		await new Promise((resolve) => socket.on("close", resolve).resume());
		expect(got[0]?.body.length).toBe(1000);
	});

	test("answers 500 when its handler fails, and goes on", async () => {
		let calls = 0;
		const { url } = await serve(async () => {
			if (calls++ === 0) throw new Error("no");
			return textResponse(200, "again");
		});
		expect((await sendExactly(request(url))).status).toBe(500);
		expect((await sendExactly(request(url))).status).toBe(200);
	});

	test("says when its port is taken", async () => {
		const { port } = await serve(async () => textResponse(200, ""));
		await expect(
			serve(async () => textResponse(200, ""), port),
		).rejects.toMatchObject({
			code: "network",
			message: `port ${port} of 127.0.0.1 is taken by another program`,
		});
	});

	test("survives what is not HTTP", async () => {
		const { url } = await recorder();
		const socket = connect(Number(new URL(url).port), "127.0.0.1");
		socket.end("\u0000\u0001 nonsense\r\n\r\n");
		await new Promise((resolve) => socket.on("close", resolve).resume());
		expect((await sendExactly(request(url))).status).toBe(200);
	});
});
