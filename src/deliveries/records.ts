import type { HeaderList } from "../http.ts";
import type { Forward, StoredChange } from "../store/deliveries.ts";
import type { Verdict } from "../webhook/signature.ts";

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
	/** Each with the first delivery that held the same change, if any. */
	changes: StoredChange[];
	/** The one whose answer Meta got. */
	forward: Forward | null;
	/** One for each `--forward`; more where it was replayed. */
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

/** A stored delivery that was sent to the apps again. */
export interface ReplayedRecord {
	type: "replayed";
	id: string;
	/** One for each `--forward`. */
	forwards: Forward[];
}

/** A stored delivery as a fixture. */
export interface FixtureRecord {
	type: "fixture";
	/** The delivery it was made from. */
	id: string;
	redacted: boolean;
	/** A payload that `replay` sends. */
	json: string;
}
