import { createHmac, timingSafeEqual } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { openReceiver } from "./open-receiver.ts";
import { secret } from "./requests.ts";

/** One of the servers the bench compares, in a process of its own: tells its port, ends with its parent. */
const [kind = "", home = ""] = process.argv.slice(2);

const servers: Record<string, () => http.Server> = {
	bare: () => reading(() => true),
	hmac: () => reading(isSigned),
	express: () => http.createServer(expressApp()),
};

const open = servers[kind];
const port = open ? await listening(open()) : await openReceiver(home);
process.on("disconnect", () => process.exit(0));
process.on("message", () => process.send?.({ rss: process.memoryUsage().rss }));
process.send?.({ port });

/** What any receiver must do at least: read the body, look at it, answer. */
function reading(isGood: (body: Buffer, signature: unknown) => boolean) {
	return http.createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on("data", (chunk) => chunks.push(chunk));
		request.on("end", () => {
			const good = isGood(
				Buffer.concat(chunks),
				request.headers["x-hub-signature-256"],
			);
			response.writeHead(good ? 200 : 401).end();
		});
	});
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
