import http from "node:http";
import type { AddressInfo } from "node:net";
import { type Handler, type HttpResponse, textResponse } from "../http.ts";
import { IgwhError } from "../igwh-error.ts";
import type { Listening, ServeOptions } from "../world.ts";
import { pairs } from "./raw-headers.ts";

/** Slow senders are cut off: their headers and their whole request must come in this time. */
const limits = {
	headersTimeout: 10_000,
	requestTimeout: 30_000,
	connectionsCheckingInterval: 5000,
};

/** How many of the largest bodies may be half here at once; whoever comes then is told to come again. */
const mostBodies = 32;

/** How long answers under way may take once the server closes. */
const closingMs = 2000;

export async function serveOnLoopback(
	handler: Handler,
	{ port, maxBodyBytes }: ServeOptions,
): Promise<Listening> {
	const reader = bodyReader(maxBodyBytes);
	const server = http.createServer(limits, (incoming, outgoing) => {
		answer(incoming, handler, reader).then(
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
	readBody: BodyReader,
): Promise<HttpResponse | undefined> {
	const body = await readBody(incoming);
	if (body === "aborted") return undefined;
	if (body === "too large")
		return textResponse(413, "the body is too large\n", closing);
	if (body === "too many")
		return textResponse(503, "too much is coming at once\n", closing);
	return handler({
		method: incoming.method ?? "",
		target: incoming.url ?? "",
		headers: pairs(incoming.rawHeaders),
		body,
	});
}

const closing = [["Connection", "close"]] as const;

type BodyReader = (
	incoming: http.IncomingMessage,
) => Promise<Buffer | "too large" | "too many" | "aborted">;

/** Reads bodies; what is half here, of all requests together, stays bounded. */
function bodyReader(maxBodyBytes: number): BodyReader {
	let held = 0;
	return (incoming) =>
		new Promise((resolve) => {
			let chunks: Buffer[] = [];
			let size = 0;
			const settle = (result: Awaited<ReturnType<BodyReader>>) => {
				for (const chunk of chunks) held -= chunk.length;
				chunks = [];
				resolve(result);
			};
			incoming.on("data", (chunk: Buffer) => {
				size += chunk.length;
				if (size > maxBodyBytes) return settle("too large");
				if (held + chunk.length > mostBodies * maxBodyBytes)
					return settle("too many");
				held += chunk.length;
				chunks.push(chunk);
			});
			incoming.on("end", () => settle(Buffer.concat(chunks)));
			incoming.on("error", () => settle("aborted"));
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
	// As text beside the headers it leaves in one piece; Latin-1 keeps every byte.
	outgoing.end(Buffer.from(body).toString("latin1"), "latin1");
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
