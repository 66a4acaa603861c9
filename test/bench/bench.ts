import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import autocannon from "autocannon";
import { signedComment } from "./requests.ts";

/**
 * Receivers side by side in one run, on loopback, with 32 keep-alive clients
 * that send signed comments, each another one: rounds take turns, the best
 * round of each counts, so that a disturbance of the machine does not. `synced`
 * is the least a receiver must do that loses nothing: it writes each body to a
 * log, and has the disk's word for it, before it answers. After each round igwh
 * gets the time it needs to index and tell what came; `told` counts that too.
 * Then the memory of igwh's receiver, over many deliveries more.
 * `npm run bench -- --rounds 6 --seconds 4 --deliveries 100000`
 */
const rounds = option("rounds", 6);
const seconds = option("seconds", 4);
const deliveries = option("deliveries", 100_000);
const connections = 32;
const kinds = ["bare", "hmac", "synced", "express", "igwh"] as const;
type Kind = (typeof kinds)[number];

interface Round {
	/** Answered deliveries a second. */
	rate: number;
	/** Deliveries a second until all were told. */
	toldRate: number;
	/** Milliseconds. */
	p99: number;
}

const home = await mkdtemp(join(tmpdir(), "igwh-bench-"));
const servers = new Map<Kind, { child: ChildProcess; port: number }>();
/** Comments sent so far, to any server: each is another one. */
let sent = 0;
/** Deliveries igwh has answered so far. */
let answered = 0;
try {
	const best = new Map<Kind, Round>();
	for (const kind of kinds) servers.set(kind, await start(kind));
	for (let number = 0; number < rounds; number++)
		for (const kind of kinds) {
			const round = await load(kind, { duration: seconds });
			const before = best.get(kind);
			if (!before || round.rate > before.rate) best.set(kind, round);
		}
	report(best);
	for (let part = 0; part <= 5; part++) {
		const { rss } = await ask("igwh");
		console.log(
			`igwh after ${Math.round((deliveries * part) / 5)} deliveries more: ${Math.round(rss / 1e6)} MB resident`,
		);
		const amount = Math.round(deliveries / 5);
		if (part < 5) await load("igwh", { amount });
	}
} finally {
	for (const { child } of servers.values()) child.disconnect();
	await rm(home, { recursive: true });
}

async function start(kind: Kind) {
	const child = fork(join(import.meta.dirname, "server.js"), [kind, home]);
	const [{ port }] = await once(child, "message");
	return { child, port };
}

/** What a server says of itself: bytes resident, deliveries told. */
async function ask(kind: Kind): Promise<{ rss: number; told: number }> {
	const { child } = server(kind);
	child.send("state");
	const [state] = await once(child, "message");
	return state;
}

function server(kind: Kind) {
	const found = servers.get(kind);
	if (!found) throw new Error(`${kind} does not run`);
	return found;
}

async function load(
	kind: Kind,
	howLong: { duration: number } | { amount: number },
): Promise<Round> {
	const begun = performance.now();
	const result = await autocannon({
		url: `http://127.0.0.1:${server(kind).port}`,
		connections,
		...howLong,
		setupClient: (client) => client.setRequests(newComments()),
	});
	if (result.non2xx > 0 || result.errors > 0)
		throw new Error(`${result.non2xx} refused, ${result.errors} failed`);
	if (kind === "igwh") await allTold(result.requests.total);
	return {
		rate: result.requests.average,
		toldRate: (result.requests.total / (performance.now() - begun)) * 1000,
		p99: result.latency.p99,
	};
}

/** What one client sends in a round; in a longer one it begins again. */
function newComments() {
	return Array.from({ length: 1500 }, () => {
		const { body, headers } = signedComment(sent++);
		return {
			method: "POST" as const,
			path: "/webhook",
			headers: Object.fromEntries(headers),
			body,
		};
	});
}

/** Waits until igwh has told what it answered; fails where some never is. */
async function allTold(more: number): Promise<void> {
	answered += more;
	let last = { told: -1, at: 0 };
	for (;;) {
		const { told } = await ask("igwh");
		const at = performance.now();
		if (told >= answered) return;
		if (told > last.told) last = { told, at };
		else if (at - last.at > 5000)
			throw new Error(`${answered - told} are never told`);
		await sleep(20);
	}
}

function report(best: Map<Kind, Round>): void {
	const rate = (kind: Kind) => best.get(kind)?.rate ?? Number.NaN;
	const row = (name: string, own: number, p99: number | string) =>
		console.log(
			`${name.padEnd(12)} ${own.toFixed(0).padStart(12)} ${String(p99).padStart(8)} ${(own / rate("hmac")).toFixed(2).padStart(9)} ${(own / rate("synced")).toFixed(2).padStart(11)} ${(own / rate("express")).toFixed(2).padStart(12)}`,
		);
	console.log(
		"receiver     deliveries/s   p99 ms   of hmac   of synced   of express",
	);
	for (const [kind, { rate: own, p99, toldRate }] of best) {
		row(kind, own, p99);
		if (kind === "igwh") row("igwh, told", toldRate, "");
	}
}

function option(name: string, fallback: number): number {
	const at = process.argv.indexOf(`--${name}`);
	return at < 0 ? fallback : Number(process.argv[at + 1]);
}
