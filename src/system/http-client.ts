import type { IncomingHttpHeaders } from "node:http";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { Agent, Dispatcher } from "undici";
import type { HeaderList, HttpResponse } from "../http.ts";
import { type OutgoingRequest, UnreachableError } from "../world.ts";

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
		const { handler, stop } = collectResponse(request, { resolve, reject });
		try {
			agent.dispatch(
				{
					origin,
					path: `${pathname}${search}`,
					method: method as "POST",
					headers: wireHeaders(request),
					body: wireBody(request),
				},
				handler,
			);
		} catch (error) {
			stop();
			reject(error);
		}
	});
}

interface Settling {
	resolve(response: HttpResponse): void;
	reject(error: Error): void;
}

/** Collects an answer, for as long as the request's time and its signal let it. */
function collectResponse(
	request: OutgoingRequest,
	{ resolve, reject }: Settling,
) {
	const { timeoutMs, signal } = request;
	const chunks: Buffer[] = [];
	const overdue = Object.assign(new Error(), { name: "TimeoutError" });
	let response = { status: 0, headers: [] as HeaderList };
	let giveUp = () => {
		stop();
		reject(unreachable(overdue, request));
	};
	const end = () => giveUp();
	const timer = setTimeout(end, timeoutMs);
	const stop = () => {
		clearTimeout(timer);
		signal?.removeEventListener("abort", end);
	};
	signal?.addEventListener("abort", end, { once: true });
	if (signal?.aborted) end();
	const handler: Dispatcher.DispatchHandler = {
		onRequestStart(controller) {
			giveUp = () => controller.abort(overdue);
			if (signal?.aborted) giveUp();
		},
		onResponseStart(_, status, headers) {
			response = { status, headers: headerList(headers) };
		},
		onResponseData(_, chunk) {
			chunks.push(chunk);
		},
		onResponseEnd() {
			stop();
			resolve({ ...response, body: Buffer.concat(chunks) });
		},
		onResponseError(_, error) {
			stop();
			reject(unreachable(error, request));
		},
	};
	return { handler, stop };
}

function headerList(headers: IncomingHttpHeaders): HeaderList {
	return Object.entries(headers).flatMap(([name, values]) =>
		[values ?? []].flat().map((value) => [name, value] as const),
	);
}

const agents = new Map<boolean, Promise<Agent>>();

/** Only the agent, from its own file: all of undici takes 100 ms to load. */
function openAgent(insecure: boolean): Promise<Agent> {
	const agent =
		agents.get(insecure) ??
		import("undici/lib/dispatcher/agent.js").then(
			({ default: Agent }) =>
				new Agent({
					// The request's own time limit is the only one.
					headersTimeout: 0,
					bodyTimeout: 0,
					connect: { timeout: 0, rejectUnauthorized: !insecure },
				}),
		);
	agents.set(insecure, agent);
	return agent;
}

/** As a flat list, which keeps names, order and repeats; a body in pieces has no length of its own. */
function wireHeaders({ headers, body, bodyMs }: OutgoingRequest): string[] {
	const given = headers.some(
		([name]) => name.toLowerCase() === "content-length",
	);
	return bodyMs === undefined || given
		? headers.flat()
		: [...headers.flat(), "Content-Length", String(body.length)];
}

function wireBody({ body, bodyMs }: OutgoingRequest) {
	if (body.length === 0) return null;
	return bodyMs === undefined ? body : Readable.from(inPieces(body, bodyMs));
}

/** A body that takes its time: in ten pieces, or as many as it has bytes. */
async function* inPieces(body: Uint8Array, overMs: number) {
	const size = Math.max(1, Math.ceil(body.length / 10));
	const pause = overMs / Math.ceil(body.length / size);
	for (let start = 0; start < body.length; start += size) {
		await sleep(pause);
		yield body.subarray(start, start + size);
	}
}

export function unreachable(
	error: Error & { code?: string },
	{ timeoutMs, url }: OutgoingRequest,
): UnreachableError {
	const { host } = new URL(url);
	const { code = "", name, message } = error;
	if (code === "ECONNREFUSED")
		return new UnreachableError("refused", `nothing listens at ${host}`);
	if (/^(AbortError|TimeoutError)$/.test(name) || code === "ETIMEDOUT")
		return new UnreachableError(
			"timeout",
			`${host} did not answer within ${timeoutMs / 1000} s`,
		);
	if (certificateError.test(code))
		return new UnreachableError(
			"certificate",
			`the certificate of ${host} is not trusted: ${message}`,
		);
	return new UnreachableError(
		"failed",
		`${host} could not be reached: ${code || message}`,
	);
}

/** OpenSSL's verdicts on a chain, and Node's on the name. */
const certificateError =
	/^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH_|ERR_TLS_CERT_)/;
