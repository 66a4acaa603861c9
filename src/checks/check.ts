import type { HeaderList } from "../http.ts";
import type { UnreachableError } from "../world.ts";
import type { Fix } from "./fix.ts";
import type { CheckGroup, CheckId } from "./receiver/check-ids.ts";

/** What the requests of the checks are built from. */
export interface Setup {
	/** The callback URL, as it would be registered. */
	url: string;
	verifyToken: string;
	/** What signs the deliveries. */
	secret: string;
	/** How long an answer may take; Meta waits 5 s. */
	timeoutMs: number;
	/** Milliseconds since 1970. */
	now: number;
	/** A 17-digit id; it and the next thousands are nobody's. */
	firstId: bigint;
}

/** One request to the receiver. */
export interface Probe {
	/** What is sent, for the person, e.g. `a delivery without a signature`. */
	what: string;
	method: "GET" | "POST";
	url: string;
	headers: HeaderList;
	body: Uint8Array;
	/** The challenge of a handshake. */
	challenge?: string;
}

export type Answer =
	| {
			kind: "response";
			status: number;
			headers: HeaderList;
			text: string;
			ms: number;
	  }
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

export type Status = "pass" | "fail" | "warn" | "unknown";

export interface Judgement {
	status: Status;
	/** What came back, or why nothing can be said. */
	detail: string;
	/** The exchange it is about. */
	exchange?: Exchange;
}

/** One thing that must be true of a receiver. */
export interface Check {
	id: CheckId;
	/** What is true of a good receiver, on one line. */
	title: string;
	/**
	 * What must be taken before this says anything: a refusal by a receiver that
	 * refuses everything is no proof.
	 */
	control?: "handshake" | "delivery";
	/** Sent at once instead of one after the other. */
	together?: true;
	/** Not every check fits every URL. */
	fits?(url: URL): boolean;
	probes(setup: Setup): Probe[];
	judge(exchanges: readonly Exchange[], setup: Setup): Judgement;
	fix: Fix;
}

export function groupOf({ id }: Check): CheckGroup {
	return id.slice(0, id.indexOf(".")) as CheckGroup;
}
