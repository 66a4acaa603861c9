import type { HeaderList } from "../http.ts";
import type { UnreachableError } from "../world.ts";
import type { Fix } from "./fix.ts";
import type { CheckGroup, CheckId } from "./receiver/check-ids.ts";

/** What the requests of the checks are built from, and how long they may take. */
export interface Setup {
	/** The callback URL, as it would be registered. */
	url: string;
	verifyToken: string;
	/** The secret that signs the deliveries. */
	secret: string;
	/** How long an answer may take; Meta waits 5 s. */
	timeoutMs: number;
	/** When this time has passed, no further request is sent. */
	limitMs: number;
	/** Milliseconds since 1970. */
	now: number;
	/** A 17-digit id; it and the thousands after it are fictitious. */
	firstId: bigint;
}

/** One request to the receiver. */
export interface Probe {
	/** What is sent, in words, e.g. `a delivery without a signature`. */
	what: string;
	method: "GET" | "POST";
	url: string;
	headers: HeaderList;
	body: Uint8Array;
	/** The challenge of a handshake. */
	challenge?: string;
}

/** A response, its body as text. */
export interface ResponseAnswer {
	kind: "response";
	status: number;
	headers: HeaderList;
	text: string;
	ms: number;
}

export type Answer =
	| ResponseAnswer
	| {
			kind: "none";
			reason: UnreachableError["kind"];
			message: string;
			ms: number;
	  };

export interface Exchange {
	probe: Probe;
	answer: Answer;
}

/** How this receiver answers the plainest requests. */
export interface Baseline {
	/** A correct handshake is answered with its challenge. */
	answeredHandshake?: boolean;
	/** The answer to a well-signed delivery, if it accepts one. */
	accepted?: ResponseAnswer | undefined;
	/** The answer to a delivery signed with another secret. */
	refusedDelivery?: ResponseAnswer | undefined;
	/** The answer to a handshake with another verify token. */
	refusedHandshake?: ResponseAnswer | undefined;
}

export interface JudgeContext extends Setup {
	baseline: Baseline;
}

export type Status = "pass" | "fail" | "warn" | "unknown";

export interface Judgement {
	status: Status;
	/** What was received, or why the result is unknown. */
	detail: string;
	/** The exchange it is about. */
	exchange?: Exchange;
}

/** One thing that must be true of a receiver. */
export interface Check {
	id: CheckId;
	/** What a correct receiver does, on one line. */
	title: string;
	/**
	 * What the receiver must accept before this check means anything: a refusal
	 * by a receiver that refuses everything proves nothing.
	 */
	control?: "handshake" | "delivery";
	/** Sent concurrently instead of one after the other. */
	together?: true;
	/** Not every check applies to every URL. */
	fits?(url: URL): boolean;
	/** No request can show it: the result is always unknown, and does not count. */
	untestable?: true;
	/** The requests it sends, or the first handshake or delivery of the run, which several checks share. */
	probes: "first handshake" | "first delivery" | ((setup: Setup) => Probe[]);
	judge(exchanges: readonly Exchange[], context: JudgeContext): Judgement;
	fix: Fix;
}

export function groupOf({ id }: Check): CheckGroup {
	return id.slice(0, id.indexOf(".")) as CheckGroup;
}
