import type {
	ChosenRecord,
	DraftRecord,
	ReplyRecord,
	UnansweredRecord,
	UnsettledRecord,
} from "../records.ts";
import { mentionBlock } from "./mention-block.ts";
import type { Paint } from "./paint.ts";

export function replyLine(
	record:
		| ReplyRecord
		| ChosenRecord
		| DraftRecord
		| UnansweredRecord
		| UnsettledRecord,
	paint: Paint,
): string {
	if (record.type === "chosen") return mentionBlock(record, paint);
	const to = record.commentId
		? `comment ${record.commentId}`
		: `media ${record.mediaId}`;
	switch (record.type) {
		case "reply":
			return `${paint.good("✓")} answered ${to}: ${record.message}  ${paint.dim(record.id)}`;
		case "draft":
			return `would answer ${to}${record.username ? ` of @${record.username}` : ""}: ${paint.strong(record.message)}${record.text ? `\n    ${paint.dim(record.text)}` : ""}`;
		case "unanswered":
			return `${paint.bad("✗")} ${to} was not answered\n    ${paint.dim(record.reason)}`;
		case "unsettled":
			return unsettledLines(record, to, paint);
	}
}

function unsettledLines(
	{ outcome, at, message, id, detail }: UnsettledRecord,
	to: string,
	paint: Paint,
): string {
	const when = at.slice(0, 19).replace("T", " ");
	return outcome === "sent"
		? `${paint.good("✓")} the answer to ${to} of ${when} did arrive: ${message}  ${paint.dim(id ?? "")}`
		: `${paint.warn("?")} whether the answer to ${to} of ${when} arrived is not known: ${message}\n    ${paint.dim(`${detail}; it is not sent again by itself, only with --resend`)}`;
}
