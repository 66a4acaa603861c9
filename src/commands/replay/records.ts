export interface ReplayRecord {
	type: "replay";
	source: string;
	to: string;
	/** HTTP status; 0 without an answer. */
	status: number;
	ms: number;
	bytes: number;
	/** The `X-Hub-Signature-256` sent. */
	signature: string;
	ok: boolean;
	hint?: string;
	/** Its ordinal and the number of all, where there are several. */
	number?: number;
	of?: number;
	/** Its ordinal among the failures. */
	failure?: number;
	/** With `--like-meta`: the attempt, and the time to the next one; the last has none. */
	attempt?: number;
	retryInMs?: number;
}

export interface ReplaySummaryRecord {
	type: "summary";
	sent: number;
	ok: number;
	failed: number;
	/** Milliseconds. */
	p50: number;
	p95: number;
	p99: number;
	perSecond?: number;
	/** The count of each HTTP status; 0 is no answer. */
	statuses?: Readonly<Record<string, number>>;
	/** The counts by response time: longer than the bar before, up to this one; `null` has no bound. */
	histogram?: readonly { upToMs: number | null; count: number }[];
}
