import type { IncomingHttpHeaders } from "node:http";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { Agent, Dispatcher } from "undici";
import type { HeaderList, HttpResponse } from "../http.ts";
import type { OutgoingRequest } from "../world.ts";
import { withoutInterimAnswers } from "./interim-answers.ts";
import { unreachable } from "./unreachable.ts";

/**
 * Sends exactly the given headers and bytes, once, and follows nothing. Through
 * `undici`, which keeps the names and the order of headers, and is several
 * times faster than `node:http`.
 */
export async function sendExactly(
	request: OutgoingRequest,
): Promise<HttpResponse> {
	const { url, method, insecure } = request;
	const { origin, pathname, search } = new URL(url);
	const agent = await openAgent(insecure ?? false);
	return new Promise((resolve, reject) => {
		const exchange = new Exchange(request, resolve, reject);
		try {
			agent.dispatch(
				{
					origin,
					path: `${pathname}${search}`,
					method: method as "POST",
					headers: wireHeaders(request),
					body: wireBody(request),
				},
				exchange,
			);
		} catch (error) {
			exchange.end();
			reject(error);
		}
	});
}

/** Collects an answer, for as long as the request's time and its signal let it. */
class Exchange implements Dispatcher.DispatchHandler {
	readonly #request: OutgoingRequest;
	readonly #resolve: (response: HttpResponse) => void;
	readonly #reject: (error: Error) => void;
	readonly #timer: NodeJS.Timeout;
	readonly #chunks: Buffer[] = [];
	#controller: Dispatcher.DispatchController | undefined;
	#over = false;
	#status = 0;
	#headers: HeaderList = [];

	constructor(
		request: OutgoingRequest,
		resolve: (response: HttpResponse) => void,
		reject: (error: Error) => void,
	) {
		this.#request = request;
		this.#resolve = resolve;
		this.#reject = reject;
		this.#timer = setTimeout(giveUp, request.timeoutMs, this);
		if (request.signal) underWay(request.signal).add(this);
		if (request.signal?.aborted) this.giveUp();
	}

	/** Ends the request without an answer, before or after it is sent. */
	giveUp(): void {
		const overdue = Object.assign(new Error(), { name: "TimeoutError" });
		if (this.#controller) this.#controller.abort(overdue);
		else this.onResponseError(undefined, overdue);
	}

	end(): void {
		this.#over = true;
		clearTimeout(this.#timer);
		const { signal } = this.#request;
		if (signal) underWay(signal).delete(this);
	}

	onRequestStart(controller: Dispatcher.DispatchController): void {
		this.#controller = controller;
		// Cancelled while connecting: it must not be sent.
		if (this.#over || this.#request.signal?.aborted) this.giveUp();
	}

	onResponseStart(
		_: Dispatcher.DispatchController,
		status: number,
		headers: IncomingHttpHeaders,
	): void {
		this.#status = status;
		this.#headers = headerList(headers);
	}

	onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
		this.#chunks.push(chunk);
	}

	onResponseEnd(): void {
		this.end();
		this.#resolve({
			status: this.#status,
			headers: this.#headers,
			body: Buffer.concat(this.#chunks),
		});
	}

	onResponseError(_: unknown, error: Error): void {
		this.end();
		this.#reject(unreachable(error, this.#request));
	}
}

function giveUp(exchange: Exchange): void {
	exchange.giveUp();
}

const exchanges = new WeakMap<AbortSignal, Set<Exchange>>();

/** The requests that a signal would end. One listener serves all: one for each request would cost more than the request. */
function underWay(signal: AbortSignal): Set<Exchange> {
	const known = exchanges.get(signal);
	if (known) return known;
	const set = new Set<Exchange>();
	exchanges.set(signal, set);
	signal.addEventListener("abort", () => {
		for (const exchange of set) exchange.giveUp();
	});
	return set;
}

function headerList(headers: IncomingHttpHeaders): HeaderList {
	const list: (readonly [string, string])[] = [];
	for (const name in headers) {
		const values = headers[name];
		if (Array.isArray(values))
			for (const value of values) list.push([name, value]);
		else if (values !== undefined) list.push([name, values]);
	}
	return list;
}

const agents = new Map<boolean, Promise<Agent>>();

/** Only the agent, from its own file: all of undici takes 100 ms to load. */
function openAgent(insecure: boolean): Promise<Agent> {
	const agent = agents.get(insecure) ?? newAgent(insecure);
	agents.set(insecure, agent);
	return agent;
}

async function newAgent(insecure: boolean): Promise<Agent> {
	const [{ default: Agent }, { default: buildConnector }] = await Promise.all([
		import("undici/lib/dispatcher/agent.js"),
		import("undici/lib/core/connect.js"),
	]);
	const connect = buildConnector({
		timeout: 0,
		rejectUnauthorized: !insecure,
	});
	return new Agent({
		// The request's own time limit is the only one.
		headersTimeout: 0,
		bodyTimeout: 0,
		connect: (options, done) =>
			connect(options, (...[error, socket]) =>
				error ? done(error, null) : done(null, withoutInterimAnswers(socket)),
			),
	});
}

/** As a flat list, which keeps names, order and repeats; a body in pieces has no length of its own. */
function wireHeaders(request: OutgoingRequest): string[] {
	const { body, bodyMs } = request;
	const headers = withCredentials(request);
	if (bodyMs === undefined) return flat(headers);
	const given = headers.some(
		([name]) => name.toLowerCase() === "content-length",
	);
	return given
		? flat(headers)
		: [...flat(headers), "Content-Length", String(body.length)];
}

/** A user and password in the URL go into a header, as with curl. */
function withCredentials({ url, headers }: OutgoingRequest): HeaderList {
	if (!url.includes("@")) return headers;
	const { username, password } = new URL(url);
	const given = headers.some(
		([name]) => name.toLowerCase() === "authorization",
	);
	if (given || (!username && !password)) return headers;
	const pair = [username, password].map(percentDecoded).join(":");
	const credentials = Buffer.from(pair).toString("base64");
	return [...headers, ["Authorization", `Basic ${credentials}`]];
}

function percentDecoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

const flattened = new WeakMap<HeaderList, string[]>();

/** Cached: a load test sends the same list many times. */
function flat(headers: HeaderList): string[] {
	const known = flattened.get(headers);
	if (known) return known;
	const list = headers.flat();
	flattened.set(headers, list);
	return list;
}

function wireBody({ body, bodyMs }: OutgoingRequest) {
	if (body.length === 0) return null;
	return bodyMs === undefined ? body : Readable.from(inPieces(body, bodyMs));
}

/** A body sent slowly: in ten pieces, or as many as it has bytes. */
async function* inPieces(body: Uint8Array, overMs: number) {
	const size = Math.max(1, Math.ceil(body.length / 10));
	const pause = overMs / Math.ceil(body.length / size);
	for (let start = 0; start < body.length; start += size) {
		await sleep(pause);
		yield body.subarray(start, start + size);
	}
}
