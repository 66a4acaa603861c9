import type { HeaderList } from "../http.ts";
import type { Change, ParsedDelivery } from "../webhook/delivery.ts";
import type { Verdict } from "../webhook/signature.ts";

export interface NewDelivery {
	/** Milliseconds since 1970. */
	receivedAt: number;
	target: string;
	headers: HeaderList;
	body: Uint8Array;
	verdict: Verdict;
}

/** A change, and the first delivery that held the same one. */
export interface StoredChange extends Change {
	duplicateOf: string | null;
}

export interface StoredDelivery extends NewDelivery {
	/** `d` and a number that grows. */
	id: string;
	/** The length of the body as received: of a refused one only the beginning is kept. */
	bytes: number;
	parsed: Omit<ParsedDelivery, "changes"> & { changes: StoredChange[] };
	/** The first delivery of the same changes, where all of them are repeated. */
	duplicateOf: string | null;
	forwards: Forward[];
}

/** What the user's app answered. */
export interface Forward {
	url: string;
	/** HTTP status; 502 where it was unreachable, 504 where it did not answer in time. */
	status: number;
	ms: number;
	/** Why there was no answer: `refused`, `timeout`, `certificate` or `failed`. */
	problem?: string;
	/** The likely cause of a failure. */
	hint?: string;
}
