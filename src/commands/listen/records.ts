import type {
	DashboardRecord,
	ReplacingRecord,
	SubscriptionRecord,
} from "../../callback/records.ts";
import type { DeliveryRecord } from "../../deliveries/records.ts";
import type { ReplyRecord, UnansweredRecord } from "../../mentions/records.ts";
import type { HandshakeRecord } from "../../receiver/records.ts";
import type { TunnelRecord } from "../../tunnel/records.ts";

export interface ReadyRecord {
	type: "ready";
	localUrl: string;
	/** What to subscribe: the public URL with the path, or the local one without a tunnel. */
	callbackUrl: string;
	publicUrl: string | null;
	inspectorUrl: string | null;
	verifyToken: string;
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
	| UnansweredRecord;
