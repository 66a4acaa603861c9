import type {
	DashboardRecord,
	ReplacingRecord,
	SubscriptionRecord,
} from "../../callback/records.ts";
import type {
	DeliveryDetailRecord,
	DeliveryRecord,
	ReplayedRecord,
} from "../../deliveries/records.ts";
import type { ReplyRecord, UnansweredRecord } from "../../mentions/records.ts";
import type {
	HandshakeRecord,
	ReceiverCounts,
} from "../../receiver/records.ts";
import type { TunnelRecord } from "../../tunnel/records.ts";

export interface ReadyRecord {
	type: "ready";
	localUrl: string;
	/** The URL to subscribe: the public one with the path, or the local one without a tunnel. */
	callbackUrl: string;
	publicUrl: string | null;
	inspectorUrl: string | null;
	verifyToken: string;
	/** Only where it is not the default one. */
	profile?: string;
	/** The command that sends a first delivery here. */
	tryWith: string;
}

/** A stored delivery that the person asked to see. */
export interface DetailRecord {
	type: "detail";
	delivery: DeliveryDetailRecord;
}

/** What the listener did, at its end. */
export interface SummaryRecord extends ReceiverCounts {
	type: "summary";
	/** How long it listened. */
	ms: number;
}

/** What `igwh listen` emits. */
export type ListenRecord =
	| ReadyRecord
	| HandshakeRecord
	| DeliveryRecord
	| TunnelRecord
	| SubscriptionRecord
	| ReplacingRecord
	| DashboardRecord
	| ReplyRecord
	| UnansweredRecord
	| DetailRecord
	| ReplayedRecord
	| SummaryRecord;
