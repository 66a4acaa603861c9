import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import tls from "node:tls";
import type { HttpResponse } from "../http.ts";
import { type OutgoingRequest, UnreachableError } from "../world.ts";
import { responseReader } from "./http-message.ts";

/** Connections that wait for their next request, by origin. */
const idle = new Map<string, net.Socket[]>();

/**
 * Sends exactly the given headers and bytes, once, and follows nothing. Over a
 * socket of its own: `node:http` refuses some headers, changes others, and takes
 * three times as long.
 */
export function sendExactly(request: OutgoingRequest): Promise<HttpResponse> {
	return new Promise((resolve, reject) => {
		const url = parsedUrl(request.url);
		const socket = idleSocket(url.origin) ?? connect(url);
		const over = receive(socket, {
			resolve: (response, reusable) => {
				release();
				if (reusable && socket.writableLength === 0) keep(socket, url.origin);
				else socket.destroy();
				resolve(response);
			},
			reject: (error) => {
				release();
				socket.on("error", () => {});
				socket.destroy();
				reject(unreachable(error, request));
			},
		});
		const late = () => over(named("TimeoutError"));
		const timer = setTimeout(late, request.timeoutMs);
		const abort = () => over(named("AbortError"));
		const release = () => {
			clearTimeout(timer);
			request.signal?.removeEventListener("abort", abort);
		};
		request.signal?.addEventListener("abort", abort, { once: true });
		if (request.signal?.aborted) abort();
		else write(socket, request, url);
	});
}

let lastUrl = new URL("http://localhost");
let lastText = "";

/** A load has one target. */
function parsedUrl(text: string): URL {
	if (text !== lastText) {
		lastUrl = new URL(text);
		lastText = text;
	}
	return lastUrl;
}

interface Settling {
	resolve(response: HttpResponse, reusable: boolean): void;
	reject(error: Error): void;
}

/** Reads the answer from a socket, and takes its listeners away after. @returns what gives up */
function receive(
	socket: net.Socket,
	{ resolve, reject }: Settling,
): (error: Error) => void {
	const reader = responseReader();
	const read = (work: () => void) => {
		try {
			work();
		} catch (error) {
			return fail(error as Error);
		}
		if (!reader.response) return;
		detach();
		resolve(reader.response, reader.reusable);
	};
	const data = (chunk: Buffer) => read(() => reader.add(chunk));
	const end = () => read(reader.end);
	const closed = () => fail(named("socket hang up", "ECONNRESET"));
	const fail = (error: Error) => {
		detach();
		reject(error);
	};
	const detach = () =>
		socket
			.off("data", data)
			.off("end", end)
			.off("error", fail)
			.off("close", closed);
	socket.on("data", data).on("end", end).on("error", fail).on("close", closed);
	return fail;
}

function idleSocket(origin: string): net.Socket | undefined {
	const socket = idle.get(origin)?.pop()?.ref();
	return socket?.destroyed || socket?.readableEnded
		? idleSocket(origin)
		: socket;
}

function connect({ protocol, hostname, port }: URL): net.Socket {
	const host = hostname.replace(/^\[|\]$/g, "");
	const secure = protocol === "https:";
	const socket = secure
		? tls.connect({
				host,
				port: Number(port || 443),
				// A name for the certificate; addresses have none.
				...(net.isIP(host) === 0 && { servername: host }),
				ALPNProtocols: ["http/1.1"],
			})
		: net.connect({ host, port: Number(port || 80) });
	return socket.setNoDelay(true);
}

/** Keeps a connection for the next request, without keeping the process alive. */
function keep(socket: net.Socket, origin: string): void {
	const waiting = idle.get(origin) ?? [];
	idle.set(origin, waiting);
	waiting.push(socket.unref());
	if (watched.has(socket)) return;
	watched.add(socket);
	const drop = () => {
		const index = waiting.indexOf(socket);
		if (index >= 0) waiting.splice(index, 1);
	};
	socket.on("close", drop).on("end", drop).on("error", drop);
}

/** Sockets that leave the list of idle ones by themselves when they end. */
const watched = new WeakSet<net.Socket>();

function write(socket: net.Socket, request: OutgoingRequest, url: URL): void {
	const { body, bodyMs } = request;
	if (bodyMs === undefined) socket.write(wholeMessage(request, url));
	else {
		socket.write(headOf(request, url), "latin1");
		void writeSlowly(socket, body, bodyMs);
	}
}

interface Message extends Pick<OutgoingRequest, "url" | "headers" | "method"> {
	bytes: Buffer;
}

/** A load sends the same bodies again and again. */
const messages = new WeakMap<Uint8Array, Message>();

/** Head and body, to leave in one write. */
function wholeMessage(request: OutgoingRequest, target: URL): Buffer {
	const { url, headers, method, body } = request;
	const known = messages.get(body);
	if (
		known?.url === url &&
		known.headers === headers &&
		known.method === method
	)
		return known.bytes;
	const head = Buffer.from(headOf(request, target), "latin1");
	const bytes = Buffer.concat([head, body]);
	messages.set(body, { url, headers, method, bytes });
	return bytes;
}

function headOf(request: OutgoingRequest, { pathname, search, host }: URL) {
	return `${request.method} ${pathname}${search} HTTP/1.1\r\n${headerLines(request, host)}\r\n`;
}

/** In ten pieces, or as many as there are bytes. */
async function writeSlowly(
	socket: net.Socket,
	body: Uint8Array,
	bodyMs: number,
): Promise<void> {
	const size = Math.max(1, Math.ceil(body.length / 10));
	const pauses = Math.ceil(body.length / size);
	for (let start = 0; start < body.length; start += size) {
		await sleep(bodyMs / pauses);
		if (socket.destroyed) return;
		socket.write(body.subarray(start, start + size));
	}
}

function headerLines(
	{ headers, body, method }: OutgoingRequest,
	host: string,
): string {
	const given = new Set(headers.map(([name]) => name.toLowerCase()));
	const all = [
		...(given.has("host") ? [] : [["Host", host]]),
		...headers,
		...(given.has("content-length") || (method === "GET" && body.length === 0)
			? []
			: [["Content-Length", String(body.length)]]),
		...(given.has("connection") ? [] : [["Connection", "keep-alive"]]),
	];
	const lines = all.map(([name, value]) => `${name}: ${value}`);
	const broken = lines.find((line) => /[\r\n]/.test(line));
	if (broken !== undefined)
		throw new Error(`a header has a line break: ${broken}`);
	return lines.map((line) => `${line}\r\n`).join("");
}

function named(name: string, code?: string): Error {
	return Object.assign(new Error(name), { name, ...(code && { code }) });
}

export function unreachable(
	error: Error & { code?: string },
	{ timeoutMs, url }: OutgoingRequest,
): UnreachableError {
	const { host } = new URL(url);
	if (error.code === "ECONNREFUSED")
		return new UnreachableError("refused", `nothing listens at ${host}`);
	if (
		error.name === "TimeoutError" ||
		error.name === "AbortError" ||
		error.code === "ETIMEDOUT" ||
		error.code === "ABORT_ERR"
	)
		return new UnreachableError(
			"timeout",
			`${host} did not answer within ${timeoutMs / 1000} s`,
		);
	if (certificateError.test(error.code ?? ""))
		return new UnreachableError(
			"certificate",
			`the certificate of ${host} is not trusted: ${error.message}`,
		);
	return new UnreachableError(
		"failed",
		`${host} could not be reached: ${error.code ?? error.message}`,
	);
}

/** OpenSSL's verdicts on a chain, and Node's on the name. */
const certificateError =
	/^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH_|ERR_TLS_CERT_)/;
