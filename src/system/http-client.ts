import http from "node:http";
import https from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import type { HttpResponse } from "../http.ts";
import { type OutgoingRequest, UnreachableError } from "../world.ts";
import { pairs } from "./raw-headers.ts";

const agents = {
	"http:": new http.Agent({ keepAlive: true }),
	"https:": new https.Agent({ keepAlive: true }),
};

/** Sends exactly the given headers and bytes, once, and follows nothing. */
export function sendExactly(request: OutgoingRequest): Promise<HttpResponse> {
	const url = new URL(request.url);
	const protocol = url.protocol as keyof typeof agents;
	const { request: open } = protocol === "https:" ? https : http;
	return new Promise((resolve, reject) => {
		const outgoing = open({
			protocol,
			hostname: url.hostname.replace(/^\[|\]$/g, ""),
			port: url.port,
			path: url.pathname + url.search,
			method: request.method,
			agent: agents[protocol],
			headers: allHeaders(request, url.host).flat(),
		});
		const release = limitTime(outgoing, request);
		const fail = (error: Error) => {
			release();
			reject(unreachable(error, request));
		};
		outgoing.on("error", fail);
		outgoing.on("response", (response) => {
			const chunks: Buffer[] = [];
			response.on("data", (chunk) => chunks.push(chunk));
			response.on("error", fail);
			response.on("end", () => {
				release();
				resolve({
					status: response.statusCode ?? 0,
					headers: pairs(response.rawHeaders),
					body: Buffer.concat(chunks),
				});
			});
		});
		if (request.bodyMs === undefined) sendAtOnce(outgoing, request.body);
		else void sendSlowly(outgoing, request.body, request.bodyMs);
	});
}

/**
 * Ends the exchange when its time is over or its signal aborts. A timer and a
 * listener: `AbortSignal.any` costs more than the exchange itself.
 * @returns what takes both away
 */
function limitTime(
	outgoing: http.ClientRequest,
	{ timeoutMs, signal }: OutgoingRequest,
): () => void {
	const end = (name: string) => {
		const error = new Error(name);
		error.name = name;
		outgoing.destroy(error);
	};
	const timer = setTimeout(end, timeoutMs, "TimeoutError");
	const abort = () => end("AbortError");
	if (signal?.aborted) abort();
	signal?.addEventListener("abort", abort, { once: true });
	return () => {
		clearTimeout(timer);
		signal?.removeEventListener("abort", abort);
	};
}

/** As Latin-1 text, byte for byte the same, head and body leave in one write. */
function sendAtOnce(outgoing: http.ClientRequest, body: Uint8Array): void {
	const { buffer, byteOffset, byteLength } = body;
	const text = Buffer.from(buffer, byteOffset, byteLength).toString("latin1");
	outgoing.end(text, "latin1");
}

/** In ten pieces, or as many as there are bytes. */
async function sendSlowly(
	outgoing: http.ClientRequest,
	body: Uint8Array,
	bodyMs: number,
): Promise<void> {
	const size = Math.max(1, Math.ceil(body.length / 10));
	const pauses = Math.ceil(body.length / size);
	outgoing.flushHeaders();
	for (let start = 0; start < body.length; start += size) {
		await sleep(bodyMs / pauses);
		if (outgoing.destroyed) return;
		outgoing.write(body.subarray(start, start + size));
	}
	outgoing.end();
}

/** Node adds neither when headers come as a list. */
function allHeaders(
	{ headers, body, method }: OutgoingRequest,
	host: string,
): [string, string][] {
	const has = (name: string) =>
		headers.some(([key]) => key.toLowerCase() === name);
	return [
		...(has("host") ? [] : [["Host", host] as [string, string]]),
		...headers.map(([name, value]): [string, string] => [name, value]),
		...(has("content-length") || (method === "GET" && body.length === 0)
			? []
			: [["Content-Length", String(body.length)] as [string, string]]),
	];
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
