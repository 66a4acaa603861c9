import type { Theme } from "../../cli/theme.ts";
import { deliveryLine } from "../../deliveries/delivery-line.ts";
import { replyLine } from "../../mentions/answer-view.ts";
import { listeningLine } from "./listening-line.ts";
import type { ListenRecord } from "./records.ts";

export function view(record: ListenRecord, theme: Theme): string | undefined {
	switch (record.type) {
		case "delivery":
			return deliveryLine(record, theme);
		case "reply":
		case "unanswered":
			return replyLine(record, theme);
		default:
			return listeningLine(record, theme);
	}
}
