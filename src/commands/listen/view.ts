import type { Theme } from "../../cli/theme.ts";
import { deliveryDetail } from "../../deliveries/delivery-detail.ts";
import { deliveryLine } from "../../deliveries/delivery-line.ts";
import { hintsOnce } from "../../deliveries/hints-once.ts";
import { replayedLine } from "../../deliveries/replayed-line.ts";
import { replyLine } from "../../mentions/answer-view.ts";
import { listeningLine } from "./listening-line.ts";
import type { ListenRecord } from "./records.ts";
import { summaryLine } from "./summary-line.ts";

/** The cause of a failure is shown once, until it changes. */
export function createView(): typeof view {
	const withHintsOnce = hintsOnce();
	return (record, theme) =>
		view(record.type === "delivery" ? withHintsOnce(record) : record, theme);
}

export function view(record: ListenRecord, theme: Theme): string | undefined {
	switch (record.type) {
		case "delivery":
			return deliveryLine(record, theme);
		case "detail":
			return deliveryDetail(record.delivery, theme);
		case "replayed":
			return replayedLine(record, theme);
		case "reply":
		case "unanswered":
			return replyLine(record, theme);
		case "summary":
			return summaryLine(record, theme);
		default:
			return listeningLine(record, theme);
	}
}
