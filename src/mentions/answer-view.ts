import type { Theme } from "../cli/theme.ts";
import type {
	ReplyRecord,
	UnansweredRecord,
	UnsettledRecord,
} from "./records.ts";

export function replyLine(
	record: ReplyRecord | UnansweredRecord | UnsettledRecord,
	theme: Theme,
): string {
	const to = targetOf(record);
	switch (record.type) {
		case "reply":
			return `${theme.good("✓")} answered ${to}: ${record.message}  ${theme.dim(record.id)}`;
		case "unanswered":
			return `${theme.bad("✗")} ${to} was not answered\n    ${theme.dim(record.reason)}`;
		case "unsettled":
			return unsettledLines(record, to, theme);
	}
}

/** The target of an answer: `comment 1789…` or `media 1791…`. */
export function targetOf({
	commentId,
	mediaId,
}: {
	commentId?: string;
	mediaId: string;
}): string {
	return commentId ? `comment ${commentId}` : `media ${mediaId}`;
}

function unsettledLines(
	{ outcome, at, message, id, detail }: UnsettledRecord,
	to: string,
	theme: Theme,
): string {
	const when = at.slice(0, 19).replace("T", " ");
	return outcome === "sent"
		? `${theme.good("✓")} the answer to ${to} of ${when} arrived: ${message}  ${theme.dim(id ?? "")}`
		: `${theme.warn("?")} the answer to ${to} of ${when} may or may not have arrived: ${message}\n    ${theme.dim(`${detail}; --resend sends it again`)}`;
}
