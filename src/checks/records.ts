/** What a check found. */
export interface CheckRecord {
	type: "check";
	id: string;
	status: "pass" | "fail" | "warn" | "unknown";
	detail: string;
	fix?: string;
}

/** A check of a receiver. */
export interface VerifyCheckRecord extends CheckRecord {
	/** What is true of a good receiver. */
	title: string;
	/** The request it is about, on a line; the verify token is left out. */
	sent?: string;
	/** The fix as a line of code: of the receiver's framework, or of several. */
	code?: Readonly<Record<string, string>>;
}

export interface CheckSummaryRecord {
	type: "summary";
	pass: number;
	fail: number;
	warn: number;
	unknown: number;
}

/** Whether a receiver is good, before the checks in detail. */
export interface VerdictRecord {
	type: "verdict";
	url: string;
	ok: boolean;
	detail: string;
}

/** One cause behind several failed checks. */
export interface CauseRecord {
	type: "cause";
	id: string;
	detail: string;
	fix: string;
	code?: Readonly<Record<string, string>>;
	checks: string[];
}

/** A check as `verify --list` shows it. */
export interface ListedCheckRecord {
	type: "check-info";
	id: string;
	title: string;
}

export type VerifyRecord =
	| VerdictRecord
	| CauseRecord
	| VerifyCheckRecord
	| ListedCheckRecord
	| CheckSummaryRecord;
