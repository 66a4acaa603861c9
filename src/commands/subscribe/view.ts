import { dashboardSteps } from "../../callback/dashboard-view.ts";
import { subscriptionLine } from "../../callback/subscription-view.ts";
import type { Theme } from "../../cli/theme.ts";
import { callLine } from "../../graph/call-view.ts";
import { targetFailureLine } from "../../graph/target-failure-view.ts";
import { listedLines } from "./listed-view.ts";
import type { SubscribeRecord } from "./records.ts";

export function view(record: SubscribeRecord, theme: Theme): string {
	switch (record.type) {
		case "call":
			return callLine(record, theme);
		case "failure":
			return targetFailureLine(record, theme);
		case "dashboard":
			return dashboardSteps(record, theme);
		case "subscription":
			return "problems" in record
				? listedLines(record, theme)
				: subscriptionLine(record, theme);
	}
}
