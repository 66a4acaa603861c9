import type { Theme } from "../../cli/theme.ts";
import { replyLine, targetOf } from "../../mentions/answer-view.ts";
import type {
	ReplyRecord,
	UnansweredRecord,
	UnsettledRecord,
} from "../../mentions/records.ts";
import { mentionBlock } from "./mention-block.ts";
import type { ChosenRecord, DraftRecord } from "./records.ts";

export function view(
	record:
		| ReplyRecord
		| ChosenRecord
		| DraftRecord
		| UnansweredRecord
		| UnsettledRecord,
	theme: Theme,
): string {
	if (record.type === "chosen") return mentionBlock(record, theme);
	return record.type === "draft"
		? draftLine(record, theme)
		: replyLine(record, theme);
}

function draftLine(record: DraftRecord, theme: Theme): string {
	const { username, message, text } = record;
	const author = username ? ` of @${username}` : "";
	const quoted = text ? `\n    ${theme.dim(text)}` : "";
	return `would answer ${targetOf(record)}${author}: ${theme.strong(message)}${quoted}`;
}
