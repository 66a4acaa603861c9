import http from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
	type Handler,
	type HttpResponse,
	type ServedResponse,
	textResponse,
} from "../http.ts";
import { IgwhError } from "../igwh-error.ts";
import type { Listening, ServeOptions } from "../world.ts";
import { boundConnections, type Connections } from "./connections.ts";
import { pairs } from "./raw-headers.ts";
import { type BodyReader, bodyReader } from "./read-body.ts";

export interface ServerLimits {
	/** From the first byte of a request to the end of its headers. */
	headersMs: number;
	/** From the first byte of a request to the end of its body. */
	requestMs: number;
	/** How often these two limits are checked. */
	checkingMs: number;
	/** How long requests under way may take once the server closes. */
	closingMs: number;
	/** Each idle one holds a descriptor and some 30 kB. */
	maxConnections: number;
}

const serverLimits: ServerLimits = {
	headersMs: 10_000,
	requestMs: 30_000,
	checkingMs: 5000,
	closingMs: 2000,
	maxConnections: 1000,
};

/**
 * Serves a handler on 127.0.0.1. Who may reach the port: every program on this
 * machine and every page in its browsers, and through a tunnel everyone.
 * What they can send, and what limits them:
 * - silence: kept open, since a tunnel opens its connections ahead of need, but
 *   no more than `maxConnections` (test/edges/idle-connections.test.ts)
 * - slow headers, slow bodies: 408 after `headersMs`, `requestMs` (same file)
 * - bodies too long, or too many at once: 413, 503 (test/edges/hostile-sockets.test.ts)
 * - bytes that are not HTTP, two lengths, headers beyond 16 kB: 400, 431 (same file)
 * - connections that never let the server close: cut off after `closingMs`
 * The handler checks what a request contains: signatures, hosts, origins.
 * @throws IgwhError `network`
 */
export async function serveOnLoopback(
	handler: Handler<ServedResponse>,
	{ port, maxBodyBytes, tooLarge = refusedBody }: ServeOptions,
	limits = serverLimits,
): Promise<Listening> {
	const readBody = bodyReader(maxBodyBytes);
	const server = http.createServer({
		headersTimeout: limits.headersMs,
		requestTimeout: limits.requestMs,
		connectionsCheckingInterval: limits.checkingMs,
		// A tunnel's server sends its next request on a connection that was used
		// before. Closing it just then would lose the request without an answer.
		keepAliveTimeout: 0,
	});
	const connections = boundConnections(server, limits.maxConnections);
	server.on("request", (incoming, outgoing) =>
		answer(
			{ server, incoming, outgoing, connections, readBody, tooLarge },
			handler,
		),
	);
	server.on("clientError", refuse);
	await listening(server, port);
	const taken = (server.address() as AddressInfo).port;
	return {
		url: `http://127.0.0.1:${taken}`,
		port: taken,
		close: () => closed(server, connections, limits.closingMs),
	};
}

interface Exchange {
	server: http.Server;
	incoming: http.IncomingMessage;
	outgoing: http.ServerResponse;
	connections: Connections;
	readBody: BodyReader;
	tooLarge: HttpResponse;
}

async function answer(
	{ server, incoming, outgoing, connections, readBody, tooLarge }: Exchange,
	handler: Handler<ServedResponse>,
): Promise<void> {
	const body = await readBody(incoming);
	if (body === "aborted") return;
	const { socket } = incoming;
	connections.working(socket);
	const response =
		body === "too large"
			? { ...tooLarge, headers: [...tooLarge.headers, ...closing] }
			: await respond(incoming, body, handler);
	if (!server.listening) outgoing.shouldKeepAlive = false;
	await write(outgoing, response).catch(() => {
		// Such as a header that cannot be sent.
		if (outgoing.headersSent) outgoing.destroy();
		else void write(outgoing, unexpected);
	});
	connections.answered(socket);
}

async function respond(
	{ method = "", url = "", rawHeaders }: http.IncomingMessage,
	body: Buffer | "too many",
	handler: Handler<ServedResponse>,
): Promise<ServedResponse> {
	if (body === "too many")
		return textResponse(503, "too many requests at once\n", closing);
	try {
		return await handler({
			method,
			target: url,
			headers: pairs(rawHeaders),
			body,
		});
	} catch {
		return unexpected;
	}
}

const closing = [["Connection", "close"]] as const;
const refusedBody = textResponse(413, "the body is too large\n");
const unexpected = textResponse(500, "this should not have happened\n");

async function write(
	outgoing: http.ServerResponse,
	{ status, headers, body }: ServedResponse,
): Promise<void> {
	if (!(body instanceof Uint8Array)) {
		outgoing.writeHead(status, headers.flat()).flushHeaders();
		// A client that leaves early, or a source that fails, ends both.
		return pipeline(Readable.from(body), outgoing).catch(() => {});
	}
	outgoing.writeHead(status, [
		...headers.flat(),
		"Content-Length",
		String(body.length),
	]);
	// As text beside the headers it leaves in one piece; Latin-1 keeps every byte.
	outgoing.end(Buffer.from(body).toString("latin1"), "latin1");
}

/**
 * Answers what is not a request, or not one in time. Node counts the time of a
 * connection's first request from its opening: one that has sent nothing is
 * left as it is, and counted anew from its first byte.
 */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
	if (error.code === "ERR_HTTP_REQUEST_TIMEOUT" && socket.bytesRead === 0)
		return;
	if (!socket.writable) return void socket.destroy();
	const status = refusals.get(error.code ?? "") ?? "400 Bad Request";
	socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
	socket.destroySoon();
}

const refusals = new Map([
	["ERR_HTTP_REQUEST_TIMEOUT", "408 Request Timeout"],
	["HPE_HEADER_OVERFLOW", "431 Request Header Fields Too Large"],
	["HPE_CHUNK_EXTENSIONS_OVERFLOW", "413 Payload Too Large"],
]);

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
			{ cause: error },
		);
	if (error.code === "EACCES")
		return new IgwhError(
			"network",
			`this user may not listen on port ${port}`,
			"choose a port above 1023; 0 takes a free one",
		);
	return error;
}

function closed(
	server: http.Server,
	connections: Connections,
	closingMs: number,
): Promise<void> {
	return new Promise((resolve) => {
		const cut = setTimeout(() => server.closeAllConnections(), closingMs);
		server.close(() => {
			clearTimeout(cut);
			resolve();
		});
		connections.closeIdle();
	});
}
