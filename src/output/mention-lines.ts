import type { MentionRecord, UnreadableRecord } from "../records.ts";
import type { Paint } from "./paint.ts";

export function mentionLines(
	record: MentionRecord | UnreadableRecord,
	paint: Paint,
): string {
	if (record.type === "unreadable")
		return `${paint.bad("✗")} ${idOf(record)}\n    ${paint.dim(record.reason)}`;
	const { username, text, kind, field, timestamp, media, mediaId } = record;
	const where =
		kind === "caption"
			? "in the caption of"
			: field === "comments"
				? "on your media"
				: "in a comment on";
	const about = [
		`${where} ${mediaId}`,
		media?.mediaType?.toLowerCase(),
		timestamp,
		media?.permalink,
	].filter(Boolean);
	return [
		`${paint.strong(`@${username ?? "unknown"}`)}  ${text}`,
		paint.dim(`    ${about.join("  ")}`),
		...(record.comments ?? []).map(
			({ username, text }) =>
				`    ${paint.dim("↳")} @${username ?? "unknown"}  ${text}`,
		),
		paint.dim(`    answer: ${answerCommand(record)}`),
	].join("\n");
}

function answerCommand({ field, commentId, mediaId }: MentionRecord): string {
	const flags = [
		commentId && `--comment-id ${commentId}`,
		field === "mentions" && `--media-id ${mediaId}`,
	].filter(Boolean);
	return `igwh reply ${flags.join(" ")} --message '…'`;
}

function idOf({ commentId, mediaId }: UnreadableRecord): string {
	return commentId ? `comment ${commentId}` : `media ${mediaId}`;
}
