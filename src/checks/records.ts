/** The result of a check. */
export interface CheckRecord {
	type: "check";
	id: string;
	status: "pass" | "fail" | "warn" | "unknown";
	detail: string;
	fix?: string;
}

/** The result of a check of a receiver. */
export interface VerifyCheckRecord extends CheckRecord {
	/** What a correct receiver does. */
	title: string;
	/** The request it is about, on one line, without the verify token. */
	sent?: string;
	/** The fix as a line of code, for the receiver's framework or for several. */
	code?: Readonly<Record<string, string>>;
	/** The id of the cause that explains the failure. */
	cause?: string;
	/** People see it with `--all` only. */
	folded?: true;
}

export interface CheckSummaryRecord {
	type: "summary";
	pass: number;
	fail: number;
	warn: number;
	unknown: number;
}

/** The verdict over a receiver, after the checks. */
export interface VerifySummaryRecord extends CheckSummaryRecord {
	url: string;
	/** Nothing failed, and every check that can be tested ran. */
	ok: boolean;
	/** The verdict in words. */
	detail: string;
	/** The checks without a result, most of them because they did not run, by the reason. */
	noResult: readonly { reason: string; checks: readonly string[] }[];
	/** Passed checks that are shown with `--all` only. */
	hidden?: number;
}

/** One cause behind failed checks, or behind checks that did not run. */
export interface CauseRecord {
	type: "cause";
	id: string;
	detail: string;
	fix: string;
	code?: Readonly<Record<string, string>>;
	checks: string[];
	/** One of its failures: the request, and the answer to it. */
	example?: { sent: string; received: string };
}

/** A check as `verify --list` shows it. */
export interface ListedCheckRecord {
	type: "check-info";
	id: string;
	title: string;
}

export type VerifyRecord =
	| CauseRecord
	| VerifyCheckRecord
	| ListedCheckRecord
	| VerifySummaryRecord;
