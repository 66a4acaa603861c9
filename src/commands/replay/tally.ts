import type { Clock } from "../../world.ts";
import type { ReplayRecord, ReplaySummaryRecord } from "./records.ts";

/** The results of a replay so far. */
export interface Tally {
	readonly sent: number;
	readonly failed: number;
	/** Deliveries without an answer. */
	readonly unreachable: number;
	/** Why the first failure failed. */
	readonly firstHint: string | undefined;
	/** Counts a record. @returns its ordinal, and that of a failure among the failures */
	add(record: ReplayRecord): { number: number; failure?: number };
	summary(): ReplaySummaryRecord;
}

/** The upper bounds of the histogram's bars, in milliseconds. */
const ends = [
	0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000,
];

/** Counts deliveries, each by its last attempt. */
export function createTally(clock: Clock): Tally {
	const startedAt = clock.elapsed();
	const times: number[] = [];
	const statuses: Record<string, number> = {};
	let [failed, unreachable] = [0, 0];
	let firstHint: string | undefined;
	return {
		get sent() {
			return times.length;
		},
		get failed() {
			return failed;
		},
		get unreachable() {
			return unreachable;
		},
		get firstHint() {
			return firstHint;
		},
		add({ status, ms, ok, hint, retryInMs }) {
			if (retryInMs !== undefined) return { number: times.length + 1 };
			times.push(ms);
			statuses[status] = (statuses[status] ?? 0) + 1;
			if (status === 0) unreachable++;
			if (ok) return { number: times.length };
			firstHint ??= hint;
			return { number: times.length, failure: ++failed };
		},
		summary() {
			const seconds = (clock.elapsed() - startedAt) / 1000;
			times.sort((a, b) => a - b);
			const percentile = (share: number) =>
				times[Math.max(0, Math.ceil(times.length * share) - 1)] ?? 0;
			return {
				type: "summary",
				sent: times.length,
				ok: times.length - failed,
				failed,
				p50: percentile(0.5),
				p95: percentile(0.95),
				p99: percentile(0.99),
				perSecond: seconds > 0 ? Math.round(times.length / seconds) : 0,
				statuses,
				histogram: histogram(times),
			};
		},
	};
}

/** The counts by response time, from the first bar that is not empty to the last. */
function histogram(sorted: readonly number[]) {
	let from = 0;
	const bars = [...ends, Number.POSITIVE_INFINITY].map((end) => {
		let to = from;
		while (to < sorted.length && (sorted[to] as number) <= end) to++;
		const count = to - from;
		from = to;
		return { upToMs: Number.isFinite(end) ? end : null, count };
	});
	const filled = bars.map(({ count }) => count > 0);
	return bars.slice(filled.indexOf(true), filled.lastIndexOf(true) + 1);
}
