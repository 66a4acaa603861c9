import http from "node:http";
import type { AddressInfo } from "node:net";
import { type Handler, type HttpResponse, textResponse } from "../http.ts";
import { IgwhError } from "../igwh-error.ts";
import type { Listening, ServeOptions } from "../world.ts";
import { pairs } from "./raw-headers.ts";

/** Slow senders are cut off: their headers and their whole request must come in this time. */
const limits = { headersTimeout: 10_000, requestTimeout: 30_000 };

/** How long answers under way may take once the server closes. */
const closingMs = 2000;

export async function serveOnLoopback(
	handler: Handler,
	{ port, maxBodyBytes }: ServeOptions,
): Promise<Listening> {
	const server = http.createServer(limits, (incoming, outgoing) => {
		answer(incoming, handler, maxBodyBytes).then(
			(response) => response && write(outgoing, response),
			() =>
				write(outgoing, textResponse(500, "this should not have happened\n")),
		);
	});
	await listening(server, port);
	const taken = (server.address() as AddressInfo).port;
	return {
		url: `http://127.0.0.1:${taken}`,
		port: taken,
		close: () => closed(server),
	};
}

async function answer(
	incoming: http.IncomingMessage,
	handler: Handler,
	maxBodyBytes: number,
): Promise<HttpResponse | undefined> {
	const body = await readBody(incoming, maxBodyBytes);
	if (body === "aborted") return undefined;
	if (body === "too large")
		return textResponse(413, `the body is over ${maxBodyBytes} bytes\n`, [
			["Connection", "close"],
		]);
	return handler({
		method: incoming.method ?? "",
		target: incoming.url ?? "",
		headers: pairs(incoming.rawHeaders),
		body,
	});
}

function readBody(
	incoming: http.IncomingMessage,
	maxBodyBytes: number,
): Promise<Buffer | "too large" | "aborted"> {
	return new Promise((resolve) => {
		const chunks: Buffer[] = [];
		let size = 0;
		incoming.on("data", (chunk: Buffer) => {
			size += chunk.length;
			if (size <= maxBodyBytes) chunks.push(chunk);
			else {
				chunks.length = 0;
				resolve("too large");
			}
		});
		incoming.on("end", () => resolve(Buffer.concat(chunks)));
		incoming.on("error", () => resolve("aborted"));
	});
}

function write(
	outgoing: http.ServerResponse,
	{ status, headers, body }: HttpResponse,
): void {
	outgoing.writeHead(status, [
		...headers.flat(),
		"Content-Length",
		String(body.length),
	]);
	outgoing.end(body);
}

function listening(server: http.Server, port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once("error", (error: NodeJS.ErrnoException) =>
			reject(portError(error, port)),
		);
		server.listen(port, "127.0.0.1", resolve);
	});
}

function portError(error: NodeJS.ErrnoException, port: number): Error {
	if (error.code === "EADDRINUSE")
		return new IgwhError(
			"network",
			`port ${port} of 127.0.0.1 is taken by another program`,
			"choose another port; 0 takes a free one",
		);
	if (error.code === "EACCES")
		return new IgwhError(
			"network",
			`this user may not listen on port ${port}`,
			"choose a port above 1023; 0 takes a free one",
		);
	return error;
}

function closed(server: http.Server): Promise<void> {
	return new Promise((resolve) => {
		const cut = setTimeout(() => server.closeAllConnections(), closingMs);
		server.close(() => {
			clearTimeout(cut);
			resolve();
		});
		server.closeIdleConnections();
	});
}
