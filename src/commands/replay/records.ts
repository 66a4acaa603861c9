export interface ReplayRecord {
	type: "replay";
	source: string;
	to: string;
	/** HTTP status; 0 where no answer came. */
	status: number;
	ms: number;
	bytes: number;
	/** The `X-Hub-Signature-256` sent. */
	signature: string;
	ok: boolean;
	hint?: string;
	/** Which of how many, where there are several. */
	number?: number;
	of?: number;
	/** Which of the failures. */
	failure?: number;
	/** Like Meta: which attempt, and when the next one comes; the last has none. */
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
	/** How many of each HTTP status; 0 where no answer came. */
	statuses?: Readonly<Record<string, number>>;
	/** How many took longer than the bar before and up to this; `null` is no end. */
	histogram?: readonly { upToMs: number | null; count: number }[];
}
