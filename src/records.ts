import type { Media } from "./graph/mentions.ts";
import type { HeaderList } from "./http.ts";
import type { SandboxLog } from "./sandbox/sandbox-log.ts";
import type { Forward } from "./store/deliveries.ts";
import type { Change } from "./webhook/delivery.ts";
import type { Verdict } from "./webhook/signature.ts";

/** What the commands tell, as other programs read it with `--json`. Members are only ever added. */

/** Any of them; the type says what it tells. */
export interface AnyRecord {
	type: string;
}

export interface ReadyRecord {
	type: "ready";
	localUrl: string;
	/** What to subscribe: the public URL with the path, or the local one without a tunnel. */
	callbackUrl: string;
	publicUrl: string | null;
	inspectorUrl: string | null;
	verifyToken: string;
}

export interface HandshakeRecord {
	type: "handshake";
	ok: boolean;
	reason?: string;
}

export interface DeliveryRecord {
	type: "delivery";
	id: string;
	/** ISO 8601. */
	receivedAt: string;
	object: string;
	/** Length of the body. */
	bytes: number;
	signature: Verdict;
	duplicateOf: string | null;
	changes: Change[];
	forward: Forward | null;
	/** Why the body could not be read. */
	problem?: string;
}

/** A stored delivery in full. */
export interface DeliveryDetailRecord extends DeliveryRecord {
	target: string;
	headers: HeaderList;
	/** The bytes as received, in Base64. */
	bodyBase64: string;
	forwards: Forward[];
}

export interface TunnelRecord {
	type: "tunnel";
	state: "open" | "lost" | "reopened";
	url: string;
	reason?: string;
}

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

export interface SubscriptionRecord {
	type: "subscription";
	target: "page" | "app";
	id: string;
	fields: string[];
	previous: string[];
	changed: boolean;
	callbackUrl?: string;
	previousCallbackUrl?: string;
}

/** A Graph call that a dry run would make. */
export interface CallRecord {
	type: "call";
	method: string;
	url: string;
	parameters: Readonly<Record<string, string>>;
}

export interface TriggerRecord {
	type: "trigger";
	field: string;
	accountId: string;
	value: unknown;
	delivery: { url: string; status?: number; ms: number; error?: string } | null;
	gates: { id: string; detail: string; fix: string }[];
}

export interface MentionRecord {
	type: "mention";
	kind: "comment" | "caption";
	/** `mentions`, or `comments` for a comment on the account's own media. */
	field: "mentions" | "comments";
	igUserId: string;
	mediaId: string;
	commentId?: string;
	text: string;
	username?: string;
	timestamp?: string;
	media?: Media;
	/** What was said below the media, answers included; for a caption mention. */
	comments?: { id: string; text: string; username?: string }[];
}

/** A mention that could not be read, and why; it stays in the inbox. */
export interface UnreadableRecord {
	type: "unreadable";
	igUserId: string;
	mediaId: string;
	commentId?: string;
	reason: string;
}

export interface ReplyRecord {
	type: "reply";
	/** The id Meta gave the reply. */
	id: string;
	mediaId: string;
	commentId?: string;
	message: string;
}

/** What the sandbox tells: where it is, then what it is asked and what it does. */
export type SandboxRecord =
	| {
			type: "ready";
			url: string;
			/** The `IGWH_*` settings that point igwh, or another tool, at it. */
			environment: Record<string, string>;
	  }
	| SandboxLog;

/** A step of the demo begins; the records of its command follow. */
export interface StepRecord {
	type: "step";
	number: number;
	title: string;
	/** What a person would type for it. */
	command: string;
}

export interface StepEndRecord {
	type: "step-end";
	number: number;
	ok: boolean;
	problem?: string;
}

export interface DemoSummaryRecord {
	type: "summary";
	steps: number;
	ok: number;
	failed: number;
}
