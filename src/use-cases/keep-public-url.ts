import { IgwhError } from "../igwh-error.ts";
import type { TunnelRecord } from "../records.ts";
import type { Tunnel, TunnelOptions, World } from "../world.ts";
import { healthProblem, type PublicWay } from "./public-health.ts";

export interface KeptUrl {
	/** Its first public address. */
	url: string;
	close(): void;
}

export interface Keeping {
	healthToken: string;
	tell(record: TunnelRecord): void;
	world: World;
}

/** How long the first address may take, and each attempt to reopen it. */
const openingMs = 15_000;
/** How long to wait before each attempt; the last one repeats. */
const waitsMs = [0, 100, 1000, 5000];
/** A health request goes through the public URL this often; two misses in a row mean it is deaf. */
const healthEveryMs = 20_000;
const missesToBeDeaf = 2;

/**
 * Opens a tunnel and opens it again, for ever, whenever it is lost or deaf,
 * asking for the same address.
 * @throws IgwhError `tunnel` where the first one does not open or nothing comes through
 */
export async function keepTunnel(
	options: Omit<TunnelOptions, "timeoutMs">,
	keeping: Keeping,
): Promise<KeptUrl> {
	const { tell, world } = keeping;
	const closing = new AbortController();
	const wanted = { ...options, timeoutMs: openingMs };
	let tunnel = await world.network.openTunnel(wanted);
	try {
		await checkWay(tunnel, keeping);
	} catch (error) {
		tunnel.close();
		throw error;
	}
	const first = tunnel.url;
	const supervise = async () => {
		while (!closing.signal.aborted) {
			const reason = await silence(tunnel, keeping, closing.signal);
			tunnel.close();
			if (closing.signal.aborted) return;
			tell({ type: "tunnel", state: "lost", url: tunnel.url, reason });
			const opened = await reopen(wanted, tunnel.url, keeping, closing.signal);
			if (!opened) return;
			tunnel = opened;
			tell({ type: "tunnel", state: "reopened", url: tunnel.url });
		}
	};
	void supervise();
	tell({ type: "tunnel", state: "open", url: first });
	return {
		url: first,
		close: () => {
			closing.abort();
			tunnel.close();
		},
	};
}

/**
 * Watches a public URL of the user's own: says when nothing comes through it,
 * and when something does again.
 * @throws IgwhError `tunnel` where nothing comes through at the start
 */
export async function watchPublicUrl(
	url: string,
	keeping: Keeping,
): Promise<KeptUrl> {
	const { tell, world } = keeping;
	const closing = new AbortController();
	const way = { url, entry: url };
	await checkWay(way, keeping);
	const supervise = async () => {
		while (!closing.signal.aborted) {
			const reason = await deafness(way, keeping, closing.signal);
			if (closing.signal.aborted) return;
			tell({ type: "tunnel", state: "lost", url, reason });
			while (await problem(way, keeping, closing.signal))
				await world.clock.sleep(waitsMs.at(-1) as number, closing.signal);
			if (closing.signal.aborted) return;
			tell({ type: "tunnel", state: "reopened", url });
		}
	};
	void supervise();
	tell({ type: "tunnel", state: "open", url });
	return { url, close: () => closing.abort() };
}

/** A fresh tunnel may need a moment until its name leads somewhere. */
async function checkWay(way: PublicWay, keeping: Keeping): Promise<void> {
	const { clock } = keeping.world;
	const deadline = clock.now() + openingMs;
	for (let attempt = 0; ; attempt++) {
		const found = await healthProblem(way, keeping.healthToken, keeping.world);
		if (found === undefined) return;
		if (attempt >= waitsMs.length || clock.now() >= deadline)
			throw new IgwhError(
				"tunnel",
				`${way.url} does not lead to this listener: ${found}`,
				"point it at this port, use another way with --public-url or --tunnel-host, or skip this check with --no-check",
			);
		await clock.sleep(waitsMs[attempt] ?? 0);
	}
}

/** Resolves when a tunnel is gone or deaf, with the reason. */
async function silence(
	tunnel: Tunnel,
	keeping: Keeping,
	closed: AbortSignal,
): Promise<string> {
	const over = new AbortController();
	const reason = await Promise.race([
		tunnel.lost,
		deafness(tunnel, keeping, AbortSignal.any([closed, over.signal])),
	]);
	over.abort();
	return reason;
}

/** Resolves when nothing comes through any more, with the reason, or when closed. */
async function deafness(
	way: PublicWay,
	keeping: Keeping,
	closed: AbortSignal,
): Promise<string> {
	let found: string | undefined;
	for (let misses = 0; misses < missesToBeDeaf && !closed.aborted; ) {
		await keeping.world.clock.sleep(healthEveryMs, closed);
		found = await problem(way, keeping, closed);
		misses = found === undefined ? 0 : misses + 1;
	}
	return `nothing comes through it: ${found ?? "closed"}`;
}

async function problem(
	way: PublicWay,
	{ healthToken, world }: Keeping,
	closed: AbortSignal,
): Promise<string | undefined> {
	return closed.aborted
		? undefined
		: healthProblem(way, healthToken, world, closed);
}

/** A server frees a name a second after its last connection: until then it gives another one. */
const attemptsForTheSameName = 4;

async function reopen(
	options: TunnelOptions,
	url: string,
	keeping: Keeping,
	closed: AbortSignal,
): Promise<Tunnel | undefined> {
	const { network, clock } = keeping.world;
	const subdomain = new URL(url).hostname.split(".")[0];
	for (let attempt = 0; !closed.aborted; attempt++) {
		const wait = waitsMs[Math.min(attempt, waitsMs.length - 1)] ?? 0;
		await clock.sleep(wait, closed);
		if (closed.aborted) return undefined;
		const opened = await network
			.openTunnel({ ...options, subdomain })
			.catch(() => undefined);
		if (!opened) continue;
		const other = opened.url !== url && attempt < attemptsForTheSameName - 1;
		if (!closed.aborted && !other && !(await problem(opened, keeping, closed)))
			return opened;
		opened.close();
	}
	return undefined;
}
