// Deliveries a second of `igwh replay --repeat` beside autocannon, which sends
// one fixed body: the same bare server, the same connections, one after the
// other in turns. Run it with: npm run bench:replay
import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isMainThread, Worker } from "node:worker_threads";
import autocannon from "autocannon";

const connections = 20;
const deliveries = 30_000;
const rounds = 3;

const secret = "bench";
const body =
	'{"entry": [{"id": "17841405726653026", "time": 1520622968, "changes": [{"value": {"media_id": "17918195224117851", "comment_id": "17894227972186120"}, "field": "mentions"}]}], "object": "instagram"}';
const program = join(import.meta.dirname, "../../bin/igwh.js");

if (isMainThread) await compare();
else serve();

async function compare() {
	const server = new Worker(new URL(import.meta.url));
	const url = await new Promise((resolve) => server.once("message", resolve));
	const home = mkdtempSync(join(tmpdir(), "igwh-bench-"));
	const rates = { autocannon: [], replay: [] };
	for (let round = 0; round < rounds; round++) {
		rates.autocannon.push(await fire(url));
		rates.replay.push(await replay(url, home));
	}
	await server.terminate();
	rmSync(home, { recursive: true });
	const best = (name) => Math.round(Math.max(...rates[name]));
	const ratio = best("replay") / best("autocannon");
	console.log(
		`${connections} connections, ${deliveries} deliveries, best of ${rounds}: replay ${best("replay")}/s, autocannon ${best("autocannon")}/s, ratio ${ratio.toFixed(2)}`,
	);
}

/** A server that reads the body and answers 200. */
function serve() {
	const server = http.createServer((request, response) => {
		request.resume();
		request.on("end", () => response.end());
	});
	server.listen(0, "127.0.0.1", async () => {
		const { parentPort } = await import("node:worker_threads");
		parentPort.postMessage(`http://127.0.0.1:${server.address().port}/webhook`);
	});
}

async function fire(url) {
	const signature = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
	const running = autocannon({
		url,
		method: "POST",
		connections,
		amount: deliveries,
		body,
		headers: {
			"content-type": "application/json",
			"x-hub-signature-256": signature,
		},
	});
	// It ends, and counts its time, on the next full second only.
	const startedAt = performance.now();
	let lastAt = startedAt;
	running.on("response", () => {
		lastAt = performance.now();
	});
	const { requests } = await running;
	return (requests.total / (lastAt - startedAt)) * 1000;
}

/** What the program itself counts, so that its start is not measured. */
function replay(url, home) {
	const args = ["replay", "mentions", "--to", url, "--home", home];
	args.push("--repeat", deliveries, "--concurrency", connections);
	const child = spawn(process.execPath, [program, ...args.map(String)], {
		env: { ...process.env, IGWH_APP_SECRET: secret, IGWH_SANDBOX: "" },
		stdio: ["ignore", "pipe", "inherit"],
	});
	let out = "";
	child.stdout.on("data", (text) => {
		out += text;
	});
	return new Promise((resolve, reject) => {
		child.on("close", (code) => {
			const [, rate] = /^(\d+) a second, answered/m.exec(out) ?? [];
			if (code === 0 && rate) resolve(Number(rate));
			else reject(new Error(`replay ended with ${code}: ${out}`));
		});
	});
}
