import type { Theme } from "../cli/theme.ts";
import type { ChosenRecord, DraftRecord } from "../commands/reply/records.ts";
import { mentionBlock } from "./mention-block.ts";
import type {
	ReplyRecord,
	UnansweredRecord,
	UnsettledRecord,
} from "./records.ts";

export function replyLine(
	record:
		| ReplyRecord
		| ChosenRecord
		| DraftRecord
		| UnansweredRecord
		| UnsettledRecord,
	theme: Theme,
): string {
	if (record.type === "chosen") return mentionBlock(record, theme);
	const to = record.commentId
		? `comment ${record.commentId}`
		: `media ${record.mediaId}`;
	switch (record.type) {
		case "reply":
			return `${theme.good("✓")} answered ${to}: ${record.message}  ${theme.dim(record.id)}`;
		case "draft":
			return `would answer ${to}${record.username ? ` of @${record.username}` : ""}: ${theme.strong(record.message)}${record.text ? `\n    ${theme.dim(record.text)}` : ""}`;
		case "unanswered":
			return `${theme.bad("✗")} ${to} was not answered\n    ${theme.dim(record.reason)}`;
		case "unsettled":
			return unsettledLines(record, to, theme);
	}
}

function unsettledLines(
	{ outcome, at, message, id, detail }: UnsettledRecord,
	to: string,
	theme: Theme,
): string {
	const when = at.slice(0, 19).replace("T", " ");
	return outcome === "sent"
		? `${theme.good("✓")} the answer to ${to} of ${when} did arrive: ${message}  ${theme.dim(id ?? "")}`
		: `${theme.warn("?")} whether the answer to ${to} of ${when} arrived is not known: ${message}\n    ${theme.dim(`${detail}; it is not sent again by itself, only with --resend`)}`;
}
