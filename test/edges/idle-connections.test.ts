import { once } from "node:events";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { type Handler, textResponse } from "../../src/http.ts";
import {
	type ServerLimits,
	serveOnLoopback,
} from "../../src/system/http-server.ts";

/** The limits of these tests; every one is far from the others. */
const limits: ServerLimits = {
	headersMs: 200,
	requestMs: 600,
	checkingMs: 20,
	closingMs: 300,
	maxConnections: 5,
};

const afterwards: (() => unknown)[] = [];
afterEach(async () => {
	for (const step of afterwards.splice(0).reverse()) await step();
});

const lengthOf: Handler = async ({ body }) =>
	textResponse(200, String(body.length));

async function serve(
	handler: Handler = lengthOf,
	change: Partial<ServerLimits> = {},
) {
	const server = await serveOnLoopback(
		handler,
		{ port: 0, maxBodyBytes: 1000 },
		{ ...limits, ...change },
	);
	afterwards.push(server.close);
	return server;
}

interface Connection {
	socket: net.Socket;
	received(): string;
	closed(): boolean;
	write(text: string): void;
}

async function connect(port: number): Promise<Connection> {
	const socket = net.connect(port, "127.0.0.1");
	let received = "";
	let closed = false;
	socket.on("data", (bytes) => {
		received += bytes;
	});
	socket.on("error", () => {});
	socket.on("close", () => {
		closed = true;
	});
	afterwards.push(() => socket.destroy());
	await once(socket, "connect");
	return {
		socket,
		received: () => received,
		closed: () => closed,
		write: (text) => socket.write(text),
	};
}

const get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
const post = (length: number) =>
	`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n`;
const longerThanEveryLimit = limits.requestMs + 300;

describe("a silent connection", () => {
	test("stays open without a word, longer than every limit, and then takes a request", async () => {
		const { port } = await serve();
		const connection = await connect(port);
		await sleep(longerThanEveryLimit);
		expect([connection.received(), connection.closed()]).toEqual(["", false]);
		connection.write(get);
		await expect.poll(connection.received).toMatch(/^HTTP\/1\.1 200 OK/);
	});

	test("stays open between two requests as well, and promises no end to it", async () => {
		const { port } = await serve();
		const connection = await connect(port);
		connection.write(get);
		await expect.poll(connection.received).toMatch(/^HTTP\/1\.1 200 OK/);
		expect(connection.received()).not.toMatch(/^keep-alive: timeout/im);
		await sleep(longerThanEveryLimit);
		expect(connection.closed()).toBe(false);
		connection.write(get);
		await expect
			.poll(() => connection.received().match(/200 OK/g)?.length)
			.toBe(2);
	});
});

describe("a request that began", () => {
	test.each([
		["its first request", ""],
		["a later one", get],
	])("is answered 408 when its headers are slow: %s", async (_, before) => {
		const { port } = await serve();
		const connection = await connect(port);
		// Silence before it does not count.
		await sleep(limits.headersMs + 100);
		connection.write(before);
		await sleep(limits.headersMs + 100);
		connection.write("GET / HT");
		await sleep(limits.headersMs / 2);
		expect(connection.received()).not.toContain("408");
		await expect.poll(connection.closed).toBe(true);
		expect(connection.received()).toContain("HTTP/1.1 408 Request Timeout");
	});

	test("may take almost as long as the limit for its headers", async () => {
		const { port } = await serve();
		const connection = await connect(port);
		connection.write(get.slice(0, 10));
		await sleep(limits.headersMs / 2);
		connection.write(get.slice(10));
		await expect.poll(connection.received).toMatch(/^HTTP\/1\.1 200 OK/);
	});

	test("is answered 408 when its body is slow, though bytes keep coming", async () => {
		const { port } = await serve();
		const connection = await connect(port);
		connection.write(post(1000));
		const drip = setInterval(() => connection.write("a"), 50);
		afterwards.push(() => clearInterval(drip));
		await sleep(limits.headersMs + 100);
		expect(connection.closed()).toBe(false);
		await expect.poll(connection.closed).toBe(true);
		expect(connection.received()).toMatch(/^HTTP\/1\.1 408 Request Timeout/);
	});

	test("may take almost as long as the limit for its body", async () => {
		const { port } = await serve();
		const connection = await connect(port);
		connection.write(post(2));
		await sleep(limits.headersMs + 100);
		connection.write("ok");
		await expect.poll(connection.received).toMatch(/^HTTP\/1\.1 200 OK/);
	});

	test("may take its handler longer than every limit", async () => {
		const { port } = await serve(async () => {
			await sleep(longerThanEveryLimit);
			return textResponse(200, "late");
		});
		const connection = await connect(port);
		connection.write(post(2));
		connection.write("ok");
		await expect
			.poll(connection.received, { timeout: 2 * longerThanEveryLimit })
			.toMatch(/^HTTP\/1\.1 200 OK/);
	});
});

describe("one connection more than the server keeps", () => {
	test("closes the one that was silent longest, without a word", async () => {
		const { port } = await serve();
		const open: Connection[] = [];
		for (let n = 0; n < limits.maxConnections; n++)
			open.push(await connect(port));
		// The first one speaks: now the second one has been silent longest.
		open[0]?.write(get);
		await expect.poll(() => open[0]?.received()).toContain("200 OK");
		open.push(await connect(port));
		await expect.poll(() => open[1]?.closed()).toBe(true);
		expect(open[1]?.received()).toBe("");
		expect(open.map(({ closed }) => closed())).toEqual([
			false,
			true,
			false,
			false,
			false,
			false,
		]);
	});

	test("closes none that is being answered: then the new one goes", async () => {
		let finish = () => {};
		const held = new Promise<void>((resolve) => {
			finish = resolve;
		});
		let served = 0;
		const { port } = await serve(async () => {
			served++;
			await held;
			return textResponse(200, "done");
		});
		const open: Connection[] = [];
		for (let n = 0; n < limits.maxConnections; n++) {
			const connection = await connect(port);
			connection.write(get);
			open.push(connection);
		}
		await expect.poll(() => served).toBe(limits.maxConnections);
		const late = await connect(port);
		await expect.poll(late.closed).toBe(true);
		finish();
		for (const { received } of open)
			await expect.poll(received).toContain("200 OK");
	});

	test("half a request is no way to stay", async () => {
		const { port } = await serve();
		const open: Connection[] = [];
		for (let n = 0; n < limits.maxConnections; n++) {
			const connection = await connect(port);
			connection.write(post(10));
			open.push(connection);
		}
		const delivery = await connect(port);
		delivery.write(get);
		await expect.poll(delivery.received).toContain("200 OK");
		await expect.poll(() => open[0]?.closed()).toBe(true);
	});
});

describe("closing the server", () => {
	test("takes no time for silent connections, before or after a request", async () => {
		const { port, close } = await serve();
		await connect(port);
		const used = await connect(port);
		used.write(get);
		await expect.poll(used.received).toContain("200 OK");
		const began = performance.now();
		await close();
		expect(performance.now() - began).toBeLessThan(limits.closingMs / 2);
	});

	test("lets a request under way end, and tells its client that the connection ends too", async () => {
		const { port, close } = await serve(async () => {
			await sleep(limits.closingMs / 2);
			return textResponse(200, "done");
		});
		const connection = await connect(port);
		connection.write(get);
		await sleep(20);
		const began = performance.now();
		await close();
		expect(performance.now() - began).toBeLessThan(limits.closingMs);
		await expect.poll(connection.closed).toBe(true);
		expect(connection.received()).toMatch(/200 OK[\s\S]*done/);
	});

	test("cuts off what takes longer", async () => {
		const { port, close } = await serve(() => new Promise(() => {}));
		const connection = await connect(port);
		connection.write(get);
		await sleep(20);
		const began = performance.now();
		await close();
		expect(performance.now() - began).toBeGreaterThan(limits.closingMs - 20);
		await expect.poll(connection.closed).toBe(true);
	});
});
