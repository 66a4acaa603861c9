import { setTimeout as sleep } from "node:timers/promises";
import type {
	default as Localtunnel,
	TunnelInfo,
} from "localtunnel/lib/Tunnel.js";
import { bodyText, type HttpResponse, headerValues } from "../http.ts";
import { IgwhError } from "../igwh-error.ts";
import { asRecord, asString } from "../webhook/delivery.ts";
import type { Tunnel, TunnelOptions } from "../world.ts";
import { sendExactly } from "./http-client.ts";

/**
 * Opens a localtunnel. Used directly, the library retries an absent server
 * without end, crashes on errors without a listener, and rewrites the first bytes
 * of each request when it is given a local host. Here the address is requested
 * once, with a time limit, every later error only settles `lost`, and bytes are
 * unchanged.
 * @throws IgwhError `tunnel`
 */
export async function openLocaltunnel(options: TunnelOptions): Promise<Tunnel> {
	// Before the request: loading it can take as long as the server waits.
	const { default: Localtunnel } = await import("localtunnel/lib/Tunnel.js");
	for (let left = mostRefusals; ; left--) {
		const info = await register(options);
		const opened = await connect(new Localtunnel(options), info, options);
		if (typeof opened !== "string") return opened;
		if (left === 0 || !opened.startsWith("connection refused"))
			throw noTunnel(options.host, opened);
	}
}

/**
 * How often another address is requested. A server releases an address that has no
 * connection within a second, which a busy machine or a slow network can miss.
 */
const mostRefusals = 2;

/** @returns why it failed, where it did */
async function connect(
	tunnel: Localtunnel,
	info: TunnelInfo,
	{ host, timeoutMs }: TunnelOptions,
): Promise<Tunnel | string> {
	const lost = new Promise<string>((resolve) => {
		tunnel.on("error", ({ message }: Error) => resolve(message));
		tunnel.on("close", () => resolve("it was closed"));
	});
	const opened = new Promise<undefined>((resolve) =>
		tunnel.once("url", () => resolve(undefined)),
	);
	tunnel._establish(tunnel._getInfo(info));
	tunnel.tunnelCluster.on("open", (socket) =>
		socket.setKeepAlive(true, keepAliveMs),
	);
	const failure = await Promise.race([
		opened,
		lost,
		sleep(timeoutMs, "it takes no connections", { ref: false }),
	]);
	if (failure !== undefined) {
		tunnel.close();
		return failure;
	}
	const { origin } = new URL(info.url);
	return {
		url: origin,
		entry: isLocalName(origin, host) ? host : origin,
		lost,
		close: () => tunnel.close(),
	};
}

/**
 * After this silence a connection is probed. Routers forget silent ones, often
 * within minutes, and notify neither end; the library's own setting leaves it to
 * the system, which waits for two hours.
 */
const keepAliveMs = 30_000;

/** More connections than any server grants. */
const mostConnections = 10;

async function register({
	host,
	subdomain,
	timeoutMs,
}: TunnelOptions): Promise<TunnelInfo> {
	const answer = await ask(
		`${host}/${subdomain === undefined ? "?new" : encodeURIComponent(subdomain)}`,
		timeoutMs,
	).catch((error: Error) => {
		throw noTunnel(host, error.message);
	});
	const { id, url, port, ip, max_conn_count, message } = readJson(answer);
	if (
		answer.status !== 200 ||
		!URL.canParse(asString(url)) ||
		!(Number(port) > 0)
	)
		throw noTunnel(host, asString(message) || `it answered ${answer.status}`);
	return {
		id: asString(id),
		url: asString(url),
		port: Number(port),
		...(asString(ip) && { ip: asString(ip) }),
		max_conn_count: Math.min(Number(max_conn_count) || 1, mostConnections),
	};
}

async function ask(
	url: string,
	timeoutMs: number,
	redirects = 3,
): Promise<HttpResponse> {
	const answer = await sendExactly({
		method: "GET",
		url,
		headers: [["Accept", "application/json"]],
		body: Buffer.from(""),
		timeoutMs,
	});
	const [location] = headerValues(answer.headers, "location");
	return answer.status >= 300 &&
		answer.status < 400 &&
		location &&
		redirects > 0
		? ask(new URL(location, url).href, timeoutMs, redirects - 1)
		: answer;
}

function readJson(answer: HttpResponse): Record<string, unknown> {
	try {
		return asRecord(JSON.parse(bodyText(answer)));
	} catch {
		return {};
	}
}

/** A server on this machine assigns names that no DNS knows. */
function isLocalName(origin: string, host: string): boolean {
	const { hostname } = new URL(host);
	return (
		origin.startsWith("http:") &&
		(hostname === "localhost" || /^127\.|^\[::1\]$/.test(hostname))
	);
}

function noTunnel(host: string, reason: string): IgwhError {
	return new IgwhError(
		"tunnel",
		`${host} gave no tunnel: ${reason}`,
		"use a tunnel of your own with --public-url, another server with --tunnel-host, or --no-tunnel",
	);
}
