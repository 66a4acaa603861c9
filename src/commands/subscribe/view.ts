import type { SubscriptionRecord } from "../../callback/records.ts";
import { subscriptionLine } from "../../callback/subscription-view.ts";
import type { Theme } from "../../cli/theme.ts";
import type { CallRecord } from "../../graph/call-record.ts";
import { callLine } from "../../graph/call-view.ts";

export function view(
	record: SubscriptionRecord | CallRecord,
	theme: Theme,
): string {
	return record.type === "call"
		? callLine(record, theme)
		: subscriptionLine(record, theme);
}
