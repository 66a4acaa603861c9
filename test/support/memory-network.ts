import { setMaxListeners } from "node:events";
import {
	type Handler,
	type HttpResponse,
	type ServedResponse,
	textResponse,
} from "../../src/http.ts";
import { IgwhError } from "../../src/igwh-error.ts";
import {
	type Network,
	type OutgoingRequest,
	type Tunnel,
	UnreachableError,
} from "../../src/world.ts";
import type { MemoryClock } from "./memory-clock.ts";

/** What happens to a request instead of an answer in time. */
export type Fault =
	/** Nobody takes the connection. */
	| "refused"
	/** The connection is closed before the request has an effect. */
	| "reset"
	/** It is taken, has no effect, and is never answered. */
	| "hang"
	/** It has its effect, then the connection is closed without an answer. */
	| "answer lost"
	/** It has its effect, but is never answered. */
	| "answer hangs"
	/** It has its effect at once and is answered that much later. */
	| { delayMs: number };

/** Which requests a fault concerns: all where nothing is said. */
export interface FaultTarget {
	url?: string | RegExp;
	method?: string;
	/** Only that many requests; then it is over. */
	times?: number;
}

const refusedBody = textResponse(413, "the body is too large\n");

export interface MemoryServer {
	handler: Handler;
	limit: number;
	tooLarge?: HttpResponse;
	/** Aborted when its connections are closed. */
	cut?: AbortSignal;
}

/** How long answers under way may take once a server closes, as in `src/system/http-server.ts`. */
const closingMs = 2000;

/**
 * A network in memory, with the manners of the real one: a time limit and a
 * signal end a request though its server hangs, a closed server's connections
 * end with it, a handler that throws answers 500.
 */
export function createMemoryNetwork(clock: MemoryClock) {
	const handlers = new Map<string, MemoryServer>();
	const sent: OutgoingRequest[] = [];
	const tunnels: { url: string; lose(reason: string): void }[] = [];
	/** Names of tunnels that are someone else's by now, with what is given instead. */
	const renamed = new Map<string, string>();
	const open = new Map<object, string>();
	const faults: (FaultTarget & { fault: Fault; times: number })[] = [];
	let nextPort = 40_000;

	const faultOf = ({ url, method }: { url: string; method: string }) => {
		const found = faults.find(
			(one) =>
				one.times > 0 &&
				url.search(one.url ?? "") >= 0 &&
				(one.method ?? method) === method,
		);
		if (found) found.times--;
		return found?.fault;
	};

	/** What a server makes of a request, as long as the client has not ended it. */
	const reach = async (
		request: OutgoingRequest,
		ended: AbortSignal,
	): Promise<HttpResponse> => {
		const { origin, host, pathname, search } = new URL(request.url);
		const fault = faultOf(request);
		const server = handlers.get(origin);
		if (!server || fault === "refused")
			throw new UnreachableError("refused", `nothing listens at ${host}`);
		if (fault === "reset") throw closedConnection(host);
		if (request.bodyMs) await clock.sleep(request.bodyMs, ended);
		if (fault === "hang" || ended.aborted) return never();
		if (request.body.length > server.limit)
			return server.tooLarge ?? refusedBody;
		const response = await untilAborted(
			server.handler({
				method: request.method,
				target: `${pathname}${search}`,
				headers: request.headers,
				body: request.body,
			}),
			server.cut,
			() => closedConnection(host),
		);
		clock.touch();
		if (fault === "answer lost") throw closedConnection(host);
		if (fault === "answer hangs") return never();
		if (fault) await clock.sleep(fault.delayMs, ended);
		return response;
	};

	const send = async (request: OutgoingRequest): Promise<HttpResponse> => {
		sent.push(request);
		clock.touch();
		const { timeoutMs, signal, url } = request;
		const tooLate = () =>
			new UnreachableError(
				"timeout",
				`${new URL(url).host} did not answer within ${timeoutMs / 1000} s`,
			);
		if (signal?.aborted) throw tooLate();
		const ended = new AbortController();
		setMaxListeners(0, ended.signal);
		try {
			return await untilAborted(
				Promise.race([
					reach(request, ended.signal),
					clock.sleep(timeoutMs, ended.signal).then(() => {
						throw tooLate();
					}),
				]),
				signal,
				tooLate,
			);
		} finally {
			ended.abort();
			clock.touch();
		}
	};

	const serve: Network["serve"] = async (
		handler,
		{ port, maxBodyBytes, tooLarge },
	) => {
		const taken = port || nextPort++;
		const url = `http://127.0.0.1:${taken}`;
		if (handlers.has(url))
			throw new IgwhError(
				"network",
				`port ${taken} of 127.0.0.1 is taken by another program`,
				"choose another port; 0 takes a free one",
				{ cause: { code: "EADDRINUSE" } },
			);
		const underWay = new Set<Promise<unknown>>();
		const cut = new AbortController();
		const watched: Handler = (request) => {
			const answer = handler(request)
				.then(wholeBody)
				.catch((error) => {
					// A server that crashes.
					if (error instanceof UnreachableError) throw error;
					return textResponse(500, "this should not have happened\n");
				});
			underWay.add(answer);
			void answer.finally(() => underWay.delete(answer)).catch(() => {});
			return answer;
		};
		handlers.set(url, {
			handler: watched,
			limit: maxBodyBytes,
			...(tooLarge && { tooLarge }),
			cut: cut.signal,
		});
		open.set(cut, url);
		return {
			url,
			port: taken,
			close: async () => {
				handlers.delete(url);
				const done = new AbortController();
				await Promise.race([
					Promise.allSettled(underWay),
					clock.sleep(closingMs, done.signal),
				]);
				done.abort();
				cut.abort();
				open.delete(cut);
			},
		};
	};

	const openTunnel: Network["openTunnel"] = async ({
		port,
		host,
		subdomain,
		timeoutMs,
	}): Promise<Tunnel> => {
		const fault = faultOf({ method: "GET", url: `${host}/${subdomain ?? ""}` });
		if (fault) await failToOpen(fault, host, timeoutMs);
		const name = subdomain ?? `tunnel-${tunnels.length + 1}`;
		const url = `https://${renamed.get(name) ?? name}.loca.test`;
		const local = `http://127.0.0.1:${port}`;
		const cut = new AbortController();
		handlers.set(url, {
			handler: async (request) => {
				const server = handlers.get(local);
				if (!server) throw closedConnection(new URL(url).host);
				return server.handler(request);
			},
			limit: Number.POSITIVE_INFINITY,
			cut: cut.signal,
		});
		open.set(cut, url);
		const close = () => {
			cut.abort();
			handlers.delete(url);
			open.delete(cut);
		};
		return {
			url,
			entry: url,
			lost: new Promise((resolve) => {
				tunnels.push({
					url,
					lose: (reason) => {
						close();
						resolve(reason);
					},
				});
			}),
			close,
		};
	};

	const failToOpen = async (fault: Fault, host: string, timeoutMs: number) => {
		const late = typeof fault === "object" ? fault.delayMs : timeoutMs;
		if (fault !== "refused" && fault !== "reset")
			await clock.sleep(Math.min(late, timeoutMs));
		if (late < timeoutMs) return;
		throw new IgwhError(
			"tunnel",
			`${host} gave no tunnel: ${
				fault === "refused" || fault === "reset"
					? `nothing listens at ${new URL(host).host}`
					: `${new URL(host).host} did not answer within ${timeoutMs / 1000} s`
			}`,
			"use a tunnel of your own with --public-url, another server with --tunnel-host, or --no-tunnel",
		);
	};

	return {
		network: { send, call: send, serve, openTunnel } satisfies Network,
		handlers,
		sent,
		tunnels,
		rename: (name: string, other: string) => renamed.set(name, other),
		/** What nobody has closed: the addresses of servers and tunnels. */
		open,
		/** Lets requests fail, for as long as the returned function is not called. */
		injectFault(fault: Fault, target: FaultTarget = {}): () => void {
			const injected = { times: Number.POSITIVE_INFINITY, ...target, fault };
			faults.push(injected);
			return () => {
				injected.times = 0;
			};
		},
	};
}

/** A request in memory is answered once a streamed body is over. */
async function wholeBody(response: ServedResponse): Promise<HttpResponse> {
	if (response.body instanceof Uint8Array)
		return { ...response, body: response.body };
	const chunks: Uint8Array[] = [];
	for await (const chunk of response.body) chunks.push(chunk);
	return { ...response, body: Buffer.concat(chunks) };
}

function closedConnection(host: string): UnreachableError {
	return new UnreachableError(
		"failed",
		`${host} closed the connection without a complete answer`,
	);
}

function never(): Promise<never> {
	return new Promise(() => {});
}

/** A promise that a signal ends early, with an error. */
export async function untilAborted<T>(
	work: Promise<T>,
	signal: AbortSignal | undefined,
	error: () => Error,
): Promise<T> {
	if (!signal) return work;
	setMaxListeners(0, signal);
	const done = new AbortController();
	try {
		return await Promise.race([
			work,
			new Promise<never>((_, reject) => {
				if (signal.aborted) reject(error());
				signal.addEventListener("abort", () => reject(error()), {
					once: true,
					signal: done.signal,
				});
			}),
		]);
	} finally {
		done.abort();
	}
}
