import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appendDeliveries } from "../../src/store/append-deliveries.ts";
import { indexDeliveries } from "../../src/store/index-deliveries.ts";
import { storeOf } from "../../src/store/store.ts";
import { openSqlite } from "../../src/system/sqlite.ts";
import { signedComment } from "./requests.ts";

/**
 * How long the history takes to answer with many deliveries in it.
 * `npm run bench:history -- 1000000`
 */
const count = Number(process.argv[2] ?? 1_000_000);
const home = await mkdtemp(join(tmpdir(), "igwh-history-"));
const path = join(home, "igwh.db");
const now = Date.UTC(2026, 10, 21);
try {
	await fill();
	let opened = performance.now();
	const database = await openSqlite(path);
	const store = storeOf(database, Date.now);
	tell("open", opened);
	const questions = {
		events: { limit: 20 },
		"--field mentions": { field: "mentions", limit: 20 },
		"--field nothing": { field: "nothing", limit: 20 },
		"--account": { account: "17841400000000001", limit: 20 },
		"--account --field": {
			account: "17841400000000001",
			field: "mentions",
			limit: 20,
		},
		"--invalid": { invalid: true, limit: 20 },
		"--duplicates": { duplicates: true, limit: 20 },
		"--since": { since: now + count * 500, limit: 20 },
		"--until": { until: now + 50_000, limit: 20 },
		"--field --since --until": {
			field: "comments",
			since: now + 1000,
			until: now + 60_000,
			limit: 20,
		},
	};
	for (const [name, filter] of Object.entries(questions)) {
		opened = performance.now();
		const found = [...store.deliveries.list(filter)].length;
		tell(`${name} (${found})`, opened);
	}
	opened = performance.now();
	await store.deliveries.add(delivery(count + 1));
	tell("one more delivery", opened);
	opened = performance.now();
	const pruned = store.deliveries.prune(
		store.deliveries.prunable({ before: now + 10_000_000 }),
	);
	tell(`prune (${pruned})`, opened);
	database.close();
} finally {
	await rm(home, { recursive: true });
}

async function fill(): Promise<void> {
	const begun = performance.now();
	const database = await openSqlite(path);
	storeOf(database, Date.now);
	for (let done = 0; done < count; done += 2000)
		database.transaction(() => {
			const batch = Array.from(
				{ length: Math.min(2000, count - done) },
				(_, n) => delivery(done + n),
			);
			appendDeliveries(database, batch);
		});
	tell(`${count} deliveries stored`, begun);
	const stored = performance.now();
	indexDeliveries(database);
	tell("indexed", stored);
	database.close();
}

/** Comments, a mention among a thousand, a forgery among ten thousand, a repetition among a hundred. */
function delivery(number: number) {
	const { body: comment, headers } = signedComment(
		number % 100 === 99 ? number - 50 : number,
	);
	const body =
		number % 1000 === 500
			? Buffer.from(comment.toString().replace("comments", "mentions"))
			: comment;
	return {
		receivedAt: now + number * 1000,
		target: "/webhook",
		headers,
		body,
		verdict: { valid: number % 10_000 !== 5000 },
	};
}

function tell(what: string, since: number): void {
	console.log(
		`${(performance.now() - since).toFixed(1).padStart(10)} ms  ${what}`,
	);
}
