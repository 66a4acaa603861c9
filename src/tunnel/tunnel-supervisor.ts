import { IgwhError } from "../igwh-error.ts";
import { tunnelWaitsMs, waitBefore } from "../retry-waits.ts";
import type { Tunnel, TunnelOptions } from "../world.ts";
import type { Exposure, Supervision } from "./exposure.ts";
import { checkFirst } from "./first-health-check.ts";
import { healthProblem, untilUnhealthy } from "./health-check.ts";

/** How long opening may take, each time. */
const openingMs = 15_000;
/** A server frees a name one second after the last of its connections is gone. */
const nameRetryMs = 1500;
/** At the start an igwh that just ended may hold the name: two attempts suffice. */
const firstNameMs = 4000;
/**
 * After a loss the server may hold the name for dead connections that it has not
 * noticed yet. Meta retries for 36 hours, but only at the registered URL: a minute
 * without a tunnel is better than a tunnel with another URL.
 */
const sameNameMs = 60_000;
/** How often a tunnel that is lost before its first health check is opened again. */
const maxEarlyLosses = 2;

export type SupervisedOptions = Omit<TunnelOptions, "timeoutMs">;

/**
 * Opens a tunnel, and reopens it under the same name whenever it is lost or its
 * health checks fail, however long that takes.
 *
 * Everyone who guesses the name may reach the receiver, and the tunnel's server
 * can read and change everything. What protects it: the signature of each delivery
 * (receiver/), the limits of the server (system/http-server.ts), and a secret
 * health token, so that a page that answers 200 to everything does not pass for
 * this listener (test/tunnel/tunnel-supervisor.test.ts).
 * @throws IgwhError `tunnel` where the first one does not open, or no request arrives through it
 */
export async function superviseTunnel(
	options: SupervisedOptions,
	supervision: Supervision,
): Promise<Exposure> {
	const { emit } = supervision;
	const closing = new AbortController();
	const closed = closing.signal;
	let { tunnel, reason: otherName } = await openFirst(options, supervision);
	const { url } = tunnel;
	const supervise = async () => {
		while (!closed.aborted) {
			const reason = await untilLost(tunnel, supervision, closed);
			tunnel.close();
			if (closed.aborted) return;
			emit({ type: "tunnel", state: "lost", url: tunnel.url, reason });
			const opened = await reopen(options, tunnel.url, supervision, closed);
			if (!opened) return;
			tunnel = opened.tunnel;
			emit(record("reopened", opened));
		}
		tunnel.close();
	};
	void supervise();
	emit(record("open", { tunnel, reason: otherName }));
	return {
		url,
		close: () => {
			closing.abort();
			tunnel.close();
		},
	};
}

interface Opened {
	tunnel: Tunnel;
	/** Why it has another name than requested. */
	reason?: string | undefined;
}

function record(state: "open" | "reopened", { tunnel, reason }: Opened) {
	return {
		type: "tunnel" as const,
		state,
		url: tunnel.url,
		...(reason !== undefined && { reason }),
	};
}

async function openFirst(
	options: SupervisedOptions,
	supervision: Supervision,
): Promise<Opened> {
	for (let left = maxEarlyLosses; ; left--) {
		const opened = await openNamed(options, supervision);
		const lost = await checkOrLose(opened.tunnel, supervision);
		if (lost === undefined) return opened;
		if (left === 0)
			throw new IgwhError(
				"tunnel",
				`the tunnel ${opened.tunnel.url} is lost as soon as it opens: ${lost}`,
				"use a tunnel of your own with --public-url, another server with --tunnel-host, or --no-tunnel",
			);
	}
}

/** Opens one with the requested name, if that becomes free in time. */
async function openNamed(
	options: SupervisedOptions,
	{ world: { network, clock } }: Supervision,
): Promise<Opened> {
	const deadline = clock.now() + firstNameMs;
	for (;;) {
		const tunnel = await network.openTunnel({
			...options,
			timeoutMs: openingMs,
		});
		if (options.subdomain === undefined || nameOf(tunnel) === options.subdomain)
			return { tunnel };
		if (clock.now() >= deadline)
			return { tunnel, reason: `the name ${options.subdomain} is in use` };
		tunnel.close();
		await clock.sleep(nameRetryMs);
	}
}

/**
 * @returns why the tunnel was lost before it was checked; undefined where it works
 * @throws IgwhError `tunnel` where no request arrives through it
 */
async function checkOrLose(
	tunnel: Tunnel,
	supervision: Supervision,
): Promise<string | undefined> {
	const over = new AbortController();
	try {
		const lost = await Promise.race([
			checkFirst(tunnel, supervision, over.signal),
			tunnel.lost,
		]);
		if (lost === undefined) return undefined;
		tunnel.close();
		return lost;
	} catch (error) {
		tunnel.close();
		throw error;
	} finally {
		over.abort();
	}
}

/** Resolves when a tunnel is gone or unhealthy, with the reason, or when closed. */
async function untilLost(
	tunnel: Tunnel,
	supervision: Supervision,
	closed: AbortSignal,
): Promise<string> {
	const over = new AbortController();
	const reason = await Promise.race([
		tunnel.lost,
		untilUnhealthy(tunnel, supervision, AbortSignal.any([closed, over.signal])),
	]);
	over.abort();
	return reason;
}

async function reopen(
	options: SupervisedOptions,
	url: string,
	supervision: Supervision,
	closed: AbortSignal,
): Promise<Opened | undefined> {
	const { network, clock } = supervision.world;
	const wanted = { ...options, subdomain: nameOf({ url }) };
	/** Until when another name is refused; starts with the first one offered. */
	let deadline: number | undefined;
	let wait: number | undefined;
	for (let attempt = 0; !closed.aborted; attempt++) {
		await clock.sleep(wait ?? waitBefore(attempt, tunnelWaitsMs), closed);
		if (closed.aborted) return undefined;
		const tunnel = await network
			.openTunnel({ ...wanted, timeoutMs: openingMs })
			.catch(() => undefined);
		wait = undefined;
		if (!tunnel) continue;
		const other = tunnel.url !== url;
		if (other) deadline ??= clock.now() + sameNameMs;
		if (other && clock.now() < (deadline ?? 0)) {
			wait = nameRetryMs;
		} else if (
			!closed.aborted &&
			!(await healthProblem(tunnel, supervision, closed)) &&
			!closed.aborted
		) {
			return other
				? { tunnel, reason: `the name ${wanted.subdomain} is in use` }
				: { tunnel };
		}
		tunnel.close();
	}
	return undefined;
}

function nameOf({ url }: { url: string }): string {
	return new URL(url).hostname.split(".")[0] ?? "";
}
