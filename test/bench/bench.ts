import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import autocannon from "autocannon";
import { signedComment } from "./requests.ts";

/**
 * Four receivers side by side in one run, on loopback, with 32 keep-alive
 * clients that send signed comments, each another one: rounds take turns, the
 * best round of each counts, so that a disturbance of the machine does not.
 * Then the memory of igwh's receiver, over many deliveries more.
 * `npm run bench -- --rounds 5 --seconds 4 --deliveries 100000`
 */
const rounds = option("rounds", 5);
const seconds = option("seconds", 4);
const deliveries = option("deliveries", 100_000);
const connections = 32;
const kinds = ["bare", "hmac", "express", "igwh"] as const;

const home = await mkdtemp(join(tmpdir(), "igwh-bench-"));
const children: ChildProcess[] = [];
try {
	const best = new Map<string, { rate: number; p99: number }>();
	const ports = new Map<string, number>();
	for (const kind of kinds) ports.set(kind, await start(kind));
	let sent = 0;
	for (let round = 0; round < rounds; round++)
		for (const kind of kinds) {
			const duration = { duration: seconds };
			const result = await load(ports.get(kind) as number, sent, duration);
			sent += 1_000_000;
			const before = best.get(kind);
			if (!before || result.rate > before.rate) best.set(kind, result);
		}
	report(best);
	const receiver = children.at(-1) as ChildProcess;
	for (let part = 0; part <= 5; part++) {
		receiver.send("memory");
		const [{ rss }] = await once(receiver, "message");
		console.log(
			`igwh after ${Math.round((deliveries * part) / 5)} deliveries more: ${Math.round(rss / 1e6)} MB resident`,
		);
		const amount = Math.round(deliveries / 5);
		if (part < 5)
			await load(ports.get("igwh") as number, sent + part * 2000, { amount });
	}
} finally {
	for (const child of children) child.disconnect();
	await rm(home, { recursive: true });
}

async function start(kind: string): Promise<number> {
	const child = fork(join(import.meta.dirname, "server.js"), [kind, home]);
	children.push(child);
	const [{ port }] = await once(child, "message");
	return port;
}

async function load(
	port: number,
	from: number,
	howLong: { duration: number } | { amount: number },
) {
	const requests = Array.from({ length: 2000 }, (_, index) => {
		const { body, headers } = signedComment(from + index);
		return {
			method: "POST" as const,
			path: "/webhook",
			headers: Object.fromEntries(headers),
			body,
		};
	});
	const result = await autocannon({
		url: `http://127.0.0.1:${port}`,
		connections,
		...howLong,
		requests,
	});
	if (result.non2xx > 0 || result.errors > 0)
		throw new Error(`${result.non2xx} refused, ${result.errors} failed`);
	return { rate: result.requests.average, p99: result.latency.p99 };
}

function report(best: Map<string, { rate: number; p99: number }>): void {
	const rate = (kind: string) => best.get(kind)?.rate ?? Number.NaN;
	console.log("receiver   deliveries/s   p99 ms   of hmac   of express");
	for (const [kind, { rate: own, p99 }] of best)
		console.log(
			`${kind.padEnd(10)} ${own.toFixed(0).padStart(12)} ${String(p99).padStart(8)} ${(own / rate("hmac")).toFixed(2).padStart(9)} ${(own / rate("express")).toFixed(2).padStart(12)}`,
		);
}

function option(name: string, fallback: number): number {
	const at = process.argv.indexOf(`--${name}`);
	return at < 0 ? fallback : Number(process.argv[at + 1]);
}
