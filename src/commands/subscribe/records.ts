import type {
	DashboardRecord,
	SubscriptionRecord,
} from "../../callback/records.ts";
import type { CallRecord } from "../../graph/call-record.ts";
import type { TargetFailureRecord } from "../../graph/each-target.ts";

/** A subscription as `--list` shows it. */
export interface ListedSubscriptionRecord extends SubscriptionRecord {
	/** Its position in the table. */
	row: number;
	/** The page's name. */
	title?: string;
	/** The linked account. */
	igUserId?: string;
	/** The Instagram fields that the app receives. */
	appFields: string[];
	/** What keeps deliveries away. */
	problems: string[];
}

export type SubscribeRecord =
	| SubscriptionRecord
	| ListedSubscriptionRecord
	| DashboardRecord
	| TargetFailureRecord
	| CallRecord;
