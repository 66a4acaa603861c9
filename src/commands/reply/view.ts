import type { Theme } from "../../cli/theme.ts";
import { replyLine, targetOf } from "../../mentions/answer-view.ts";
import type {
	ReplyRecord,
	UnansweredRecord,
	UnsettledRecord,
} from "../../mentions/records.ts";
import type { DraftRecord, DraftsRecord } from "./records.ts";

export function view(
	record:
		| ReplyRecord
		| DraftRecord
		| DraftsRecord
		| UnansweredRecord
		| UnsettledRecord,
	theme: Theme,
): string {
	switch (record.type) {
		case "draft":
			return draftLine(record, theme);
		case "summary":
			return totalLine(record);
		default:
			return replyLine(record, theme);
	}
}

function totalLine({ drafts, unanswered }: DraftsRecord): string {
	const answers = drafts === 1 ? "1 answer" : `${drafts} answers`;
	const others = unanswered > 0 ? `, ${unanswered} cannot be answered` : "";
	return `${answers} would be sent${others}`;
}

function draftLine(record: DraftRecord, theme: Theme): string {
	const { username, message, text } = record;
	const author = username ? ` of @${username}` : "";
	const quoted = text ? `\n    ${theme.dim(text)}` : "";
	return `would answer ${targetOf(record)}${author}: ${theme.strong(message)}${quoted}`;
}
