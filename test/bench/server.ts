import { createHmac, timingSafeEqual } from "node:crypto";
import { fdatasyncSync, openSync, writevSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import express from "express";
import { openReceiver } from "./open-receiver.ts";
import { secret } from "./requests.ts";

/** One of the servers the bench compares, in a process of its own: tells its port, ends with its parent. */
const [kind = "", home = ""] = process.argv.slice(2);

const servers: Record<string, () => http.Server> = {
	bare: () => reading(() => true),
	hmac: () => reading(isSigned),
	synced: () => reading(isSigned, syncedLog(join(home, "synced.log"))),
	express: () => http.createServer(expressApp()),
};

const open = servers[kind];
const { port, told } = open
	? { port: await listening(open()), told: () => 0 }
	: await openReceiver(home);
process.on("disconnect", () => process.exit(0));
process.on("message", () =>
	process.send?.({ rss: process.memoryUsage().rss, told: told() }),
);
process.send?.({ port });

/** What any receiver must do at least: read the body, look at it, answer. */
function reading(
	isGood: (body: Buffer, signature: unknown) => boolean,
	keep: (body: Buffer, answer: () => void) => void = (_, answer) => answer(),
) {
	return http.createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on("data", (chunk) => chunks.push(chunk));
		request.on("end", () => {
			const body = Buffer.concat(chunks);
			const good = isGood(body, request.headers["x-hub-signature-256"]);
			keep(body, () => response.writeHead(good ? 200 : 401).end());
		});
	});
}

/** Writes what comes in one turn of the event loop together, and waits for the disk. */
function syncedLog(path: string) {
	const log = openSync(path, "a");
	let waiting: { body: Buffer; answer: () => void }[] = [];
	const write = () => {
		const together = waiting;
		waiting = [];
		writevSync(
			log,
			together.map(({ body }) => body),
		);
		fdatasyncSync(log);
		for (const { answer } of together) answer();
	};
	return (body: Buffer, answer: () => void) => {
		if (waiting.length === 0) setImmediate(write);
		waiting.push({ body, answer });
	};
}

function isSigned(body: Buffer, signature: unknown): boolean {
	const expected = Buffer.from(
		`sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
	);
	const received = Buffer.from(String(signature));
	return (
		received.length === expected.length && timingSafeEqual(received, expected)
	);
}

/** As the guides have it: the JSON parser's `verify` sees the raw bytes. */
function expressApp() {
	const app = express();
	app.post(
		"/webhook",
		express.json({
			verify: (request, _response, body) => {
				if (!isSigned(body, request.headers["x-hub-signature-256"]))
					throw new Error("bad signature");
			},
		}),
		(_request, response) => {
			response.sendStatus(200);
		},
	);
	return app;
}

function listening(server: http.Server): Promise<number> {
	return new Promise((resolve) => {
		server.listen(0, "127.0.0.1", () =>
			resolve((server.address() as AddressInfo).port),
		);
	});
}
