import { setTimeout as sleep } from "node:timers/promises";
import { IgwhError } from "../igwh-error.ts";
import type { Tunnel, TunnelOptions } from "../world.ts";

/**
 * Opens a localtunnel. The library tries for ever when its server is away and
 * reports most failures as events, or not at all: here the first URL comes in
 * time or is an error, and whatever happens later only settles `lost`.
 */
export async function openLocaltunnel({
	port,
	host,
	subdomain,
	timeoutMs,
}: TunnelOptions): Promise<Tunnel> {
	const { default: localtunnel } = await import("localtunnel");
	const opening = localtunnel({
		port,
		host,
		local_host: "127.0.0.1",
		...(subdomain && { subdomain }),
	});
	const opened = await Promise.race([
		opening.catch((error: Error) => error),
		sleep(timeoutMs, undefined, { ref: false }),
	]);
	if (opened && !(opened instanceof Error))
		return {
			url: opened.url,
			lost: new Promise((resolve) => {
				opened.on("error", ({ message }: Error) => resolve(message));
				opened.on("close", () => resolve("it was closed"));
			}),
			close: () => opened.close(),
		};
	opening.then((late) => late.close()).catch(() => {});
	throw new IgwhError(
		"tunnel",
		opened
			? `${host} gave no tunnel: ${opened.message}`
			: `${host} gave no tunnel within ${timeoutMs / 1000} s`,
		"use a tunnel of your own with --public-url, another server with --tunnel-host, or --no-tunnel",
	);
}
