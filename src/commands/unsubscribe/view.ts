import type { SubscriptionRecord } from "../../callback/records.ts";
import { subscriptionLine } from "../../callback/subscription-view.ts";
import type { Theme } from "../../cli/theme.ts";
import type { CallRecord } from "../../graph/call-record.ts";
import { callLine } from "../../graph/call-view.ts";
import type { TargetFailureRecord } from "../../graph/each-target.ts";
import { targetFailureLine } from "../../graph/target-failure-view.ts";

export function view(
	record: SubscriptionRecord | CallRecord | TargetFailureRecord,
	theme: Theme,
): string {
	switch (record.type) {
		case "call":
			return callLine(record, theme);
		case "failure":
			return targetFailureLine(record, theme);
		case "subscription":
			return subscriptionLine(record, theme);
	}
}
