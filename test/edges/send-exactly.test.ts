import https from "node:https";
import net, { type AddressInfo, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { sendExactly } from "../../src/system/http-client.ts";
import { selfSigned } from "../support/self-signed.ts";

const servers: Server[] = [];

afterEach(() => {
	for (const server of servers.splice(0)) server.close();
});

async function portOf(server: Server): Promise<number> {
	servers.push(server);
	await new Promise<void>((resolve) =>
		server.listen(0, "127.0.0.1", () => resolve()),
	);
	return (server.address() as AddressInfo).port;
}

const post = (url: string, body = "hello") => ({
	method: "POST",
	url,
	headers: [["X-Twice", "1"] as const, ["x-twice", "2"] as const],
	body: Buffer.from(body),
	timeoutMs: 3000,
});

test("a certificate that nobody vouches for is told as such", async () => {
	const port = await portOf(https.createServer(selfSigned));
	await expect(
		sendExactly(post(`https://localhost:${port}/`)),
	).rejects.toMatchObject({
		kind: "certificate",
		message: expect.stringContaining("self-signed"),
	});
});

test("a request given up while connecting is not sent later", async () => {
	const received: string[] = [];
	const target = https.createServer(selfSigned, (incoming, outgoing) => {
		received.push(String(incoming.url));
		outgoing.end();
	});
	const port = await portOf(target);
	let release = () => {};
	const held = new Promise<void>((resolve) => {
		release = resolve;
	});
	const gate = await portOf(
		net.createServer((socket) => {
			void held.then(() => {
				const onward = net.connect(port, "127.0.0.1");
				socket.pipe(onward).pipe(socket);
				socket.on("error", () => {});
				onward.on("error", () => {});
			});
		}),
	);
	const url = `https://127.0.0.1:${gate}`;
	await expect(
		sendExactly({ ...post(`${url}/late`), insecure: true, timeoutMs: 50 }),
	).rejects.toMatchObject({ kind: "timeout" });
	release();
	await new Promise((resolve) => setTimeout(resolve, 200));
	await sendExactly({ ...post(`${url}/next`), insecure: true });
	expect(received).toEqual(["/next"]);
});

test("a user and password in the URL become a header", async () => {
	const received: string[] = [];
	const port = await portOf(
		net.createServer((socket) => {
			socket.once("data", (chunk) => {
				received.push(String(chunk));
				socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
			});
		}),
	);
	const url = `http://me:p%40ss@127.0.0.1:${port}/`;
	await sendExactly(post(url));
	await sendExactly({ ...post(url), headers: [["authorization", "mine"]] });
	expect(received[0]).toContain(
		`Authorization: Basic ${Buffer.from("me:p@ss").toString("base64")}\r\n`,
	);
	expect(received[1]).toContain("authorization: mine\r\n");
	expect(received[1]).not.toContain("Basic");
});

test("a slow body arrives in pieces, whole", async () => {
	const pieces: string[] = [];
	const port = await portOf(
		net.createServer((socket) => {
			socket.on("data", (chunk) => {
				pieces.push(String(chunk));
				if (pieces.join("").endsWith("hello"))
					socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
			});
		}),
	);
	const request = { ...post(`http://127.0.0.1:${port}/a?b`), bodyMs: 50 };
	expect((await sendExactly(request)).status).toBe(200);
	expect(pieces.length).toBeGreaterThan(1);
	expect(pieces.join("")).toBe(
		`POST /a?b HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: keep-alive\r\nX-Twice: 1\r\nx-twice: 2\r\ncontent-length: 5\r\n\r\nhello`,
	);
});

test("a connection is used again, and a new one taken where it ended", async () => {
	let connections = 0;
	const port = await portOf(
		net.createServer((socket) => {
			connections++;
			let answers = 0;
			socket.on("data", () => {
				socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
				if (++answers === 2) socket.end();
			});
		}),
	);
	for (let turn = 0; turn < 4; turn++) {
		await sendExactly(post(`http://127.0.0.1:${port}/`));
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	expect(connections).toBe(2);
});

test.each([
	["hangs up", "", "closed the connection"],
	[
		"breaks off",
		"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx",
		"closed the connection",
	],
	[
		"speaks something else",
		"220 mail.example ESMTP\r\n\r\n",
		"does not answer in HTTP",
	],
])("a server that %s gave no answer", async (_, answer, reason) => {
	const port = await portOf(
		net.createServer((socket) => {
			socket.once("data", () => socket.end(answer));
		}),
	);
	await expect(
		sendExactly(post(`http://127.0.0.1:${port}/`)),
	).rejects.toMatchObject({
		kind: "failed",
		message: expect.stringContaining(reason),
	});
});

test("TLS spoken to a plain port is named as that", async () => {
	const port = await portOf(
		net.createServer((socket) => {
			socket.once("data", () => socket.end("HTTP/1.1 400 Bad\r\n\r\n"));
		}),
	);
	await expect(
		sendExactly(post(`https://127.0.0.1:${port}/`)),
	).rejects.toMatchObject({
		message: `127.0.0.1:${port} does not speak TLS`,
		hint: `is it plain HTTP? Then use http://127.0.0.1:${port}`,
	});
});

test.each([
	["100", ["HTTP/1.1 100 Continue\r\n\r\n"]],
	[
		"several",
		["HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 \r\n\r\n"],
	],
	[
		"a split one",
		["HTTP/1.", "1 100 Cont", "inue\r\nX: 1\r", "\n\r\nHTT", "P/1.1"],
	],
])("an unasked interim answer is no answer: %s", async (_, pieces) => {
	const port = await portOf(
		net.createServer((socket) => {
			socket.on("error", () => {});
			socket.on("data", async () => {
				socket.setNoDelay(true);
				for (const piece of pieces) {
					socket.write(piece);
					await new Promise((resolve) => setTimeout(resolve, 5));
				}
				const left = pieces.at(-1)?.endsWith("P/1.1") ? "" : "HTTP/1.1";
				// What looks like one in a body is the body's.
				socket.write(`${left} 200 OK\r\nContent-Length: 25\r\n\r\n`);
				await new Promise((resolve) => setTimeout(resolve, 5));
				socket.write("HTTP/1.1 100 Continue\r\n\r\n");
			});
		}),
	);
	for (let turn = 0; turn < 2; turn++) {
		const answer = await sendExactly(post(`http://127.0.0.1:${port}/`));
		expect(answer.status).toBe(200);
		expect(Buffer.from(answer.body).toString()).toBe(
			"HTTP/1.1 100 Continue\r\n\r\n",
		);
	}
});
