import type { ReplyRecord } from "../records.ts";
import type { Paint } from "./paint.ts";

export function replyLine(
	{ id, commentId, mediaId, message }: ReplyRecord,
	paint: Paint,
): string {
	const to = commentId ? `comment ${commentId}` : `media ${mediaId}`;
	return `${paint.good("✓")} answered ${to}: ${message}  ${paint.dim(id)}`;
}
