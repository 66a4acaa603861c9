import type { ListedComment, Media } from "./graph/mentions.ts";
import type { HeaderList } from "./http.ts";
import type { SandboxLog } from "./sandbox/sandbox-log.ts";
import type { Forward, StoredChange } from "./store/deliveries.ts";
import type { InboxState } from "./store/inbox.ts";
import type { ReplyState } from "./store/replies.ts";
import type { Verdict } from "./webhook/signature.ts";
import type {
	StoryNumbers,
	StoryRates,
	StoryTotals,
} from "./webhook/story-metrics.ts";

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
	/** Each with the delivery that brought the same change first, if any. */
	changes: StoredChange[];
	/** The one whose answer Meta got. */
	forward: Forward | null;
	/** One for each `--forward`. */
	forwards: Forward[];
	/** Why the body could not be read. */
	problem?: string;
}

/** A stored delivery in full. */
export interface DeliveryDetailRecord extends DeliveryRecord {
	target: string;
	headers: HeaderList;
	/** The bytes as received, in Base64. */
	bodyBase64: string;
}

/** A stored delivery as a fixture. */
export interface FixtureRecord {
	type: "fixture";
	/** The delivery it was made of. */
	id: string;
	redacted: boolean;
	/** A payload that `replay` sends. */
	json: string;
}

export interface PrunedRecord {
	type: "pruned";
	/** How many deliveries were removed, or would be. */
	deliveries: number;
	/** Nothing was removed. */
	dryRun?: true;
	/** ISO 8601. */
	before: string;
}

export interface TunnelRecord {
	type: "tunnel";
	state: "open" | "lost" | "reopened";
	url: string;
	reason?: string;
}

/** The app's callback is about to be replaced by this listener's. */
export interface ReplacingRecord {
	type: "replacing";
	appId: string;
	callbackUrl: string;
	previousCallbackUrl: string;
	previousFields: string[];
	/** It can be restored on exit. */
	restorable: boolean;
	/** Why it cannot. */
	reason?: string;
	/** It was inactive; Meta's API restores it active. */
	previousActive?: false;
}

/** Meta does not let the API set the callback: it is to be set by hand. */
export interface DashboardRecord {
	type: "dashboard";
	callbackUrl: string;
	verifyToken: string;
	fields: string[];
	reason: string;
	/** What was there, to be restored by hand too. */
	previousCallbackUrl?: string;
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
	/** `caption` also for media of the account's own, asked for by its id. */
	kind: "comment" | "caption";
	/** `mentions`, or `comments` for what stands on the account's own media. */
	field: "mentions" | "comments";
	igUserId: string;
	/** As delivered: for a picture of an album the picture, while `media` is the album. */
	mediaId: string;
	commentId?: string;
	text: string;
	username?: string;
	authorId?: string;
	timestamp?: string;
	media?: Media;
	/** The comment this one answers. */
	parentId?: string;
	/** The ad the comment stands under. */
	ad?: { id: string; title?: string; originalMediaId?: string };
	/** The newest 50 comments on the media; not what answers a comment. */
	comments?: ListedComment[];
	/** The account wrote it itself; left out where that could not be told. */
	own?: boolean;
	/** The account that received it, where it is not the configured one. */
	answerAs?: string;
	/** Left out for what was never received. */
	inbox?: InboxEntry;
	/** Seconds since it was written, or received where that is not known. */
	ageSeconds?: number;
}

/** Where a mention or comment stands in the inbox. */
export interface InboxEntry {
	state: InboxState;
	deliveryId: string;
	/** ISO 8601. */
	receivedAt: string;
	reason?: string;
	/** The answer that was sent, or may have been. */
	answer?: { state: ReplyState; message: string; at: string; id?: string };
}

/** A mention that could not be read, and why; it stays in the inbox. */
export interface UnreadableRecord {
	type: "unreadable";
	field: "mentions" | "comments";
	igUserId: string;
	mediaId: string;
	commentId?: string;
	reason: string;
	/** What was known of it before. */
	text?: string;
	username?: string;
	inbox?: InboxEntry;
	ageSeconds?: number;
}

export interface ReplyRecord {
	type: "reply";
	/** The id Meta gave the reply. */
	id: string;
	mediaId: string;
	commentId?: string;
	message: string;
}

/** An answer as it would be sent. */
export interface DraftRecord {
	type: "draft";
	mediaId: string;
	commentId?: string;
	username?: string;
	text?: string;
	message: string;
}

/** What the person chose from the list, shown in full before they are asked what to do. */
export interface ChosenRecord {
	type: "chosen";
	record: MentionRecord | UnreadableRecord;
	/** The text, line by line. */
	lines: string[];
}

/** What was not answered, and why. */
export interface UnansweredRecord {
	type: "unanswered";
	mediaId: string;
	commentId?: string;
	reason: string;
}

/** An answer of an earlier run whose end nobody saw, after a look at what can be seen. */
export interface UnsettledRecord {
	type: "unsettled";
	outcome: "sent" | "unknown";
	mediaId: string;
	commentId?: string;
	message: string;
	/** When it was tried, ISO 8601. */
	at: string;
	/** The id Meta gave it, where it is there. */
	id?: string;
	detail: string;
}

/** The insights of one story. */
export interface StoryRecord extends StoryRates {
	type: "story";
	accountId: string;
	mediaId: string;
	deliveryId: string;
	/** ISO 8601. */
	receivedAt: string;
	/** Null where fewer than five did it; missing where it was not told. */
	numbers: StoryNumbers;
	/** Which of the account's stories shown it is, from 1. */
	position: number;
	of: number;
	/** Its reach beside that of the account's best one, from 0 to 1. */
	reachShare: number | null;
}

/** The sums of an account's stories, or of all (`accountId` null). */
export interface StoryTotalRecord extends StoryTotals {
	type: "total";
	accountId: string | null;
}

/** A line of CSV. */
export interface StoryRowRecord {
	type: "row";
	line: string;
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
