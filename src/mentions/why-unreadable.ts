import { readOwnMedia } from "../graph/comments.ts";
import { GraphRefusal } from "../graph/graph-error.ts";
import { readMentionedMedia } from "../graph/mentions.ts";
import type { InboxTarget } from "../store/inbox.ts";
import type { MentionContext } from "./mention-context.ts";

/**
 * Meta answers the same 100/33 for what was deleted, is private or may not be
 * seen. The media around it tells some of these apart.
 */
export async function whyUnreadable(
	{ field, accountId, mediaId, commentId }: InboxTarget,
	refusal: GraphRefusal,
	{ graph, tokenOf }: Pick<MentionContext, "graph" | "tokenOf">,
): Promise<string> {
	const token = await tokenOf(accountId);
	if (
		/comment\w*[^.]*\b(disabled|turned off|switched off)/i.test(refusal.message)
	)
		return "comments are switched off on its media";
	if (refusal.graphCode !== 100) return `${refusal.message}; ${refusal.hint}`;
	if (mediaId === "")
		return "it comes from the dashboard's Test, whose ids are not real";
	if (commentId === undefined)
		return "the media was deleted, became private, or its caption no longer mentions the account";
	const around = await told(
		field === "comments"
			? () => graph(readOwnMedia(mediaId), token)
			: () => graph(readMentionedMedia(accountId, mediaId), token),
	);
	if (around === "not now") return `${refusal.message}; ${refusal.hint}`;
	if (around && "commentsOff" in around && around.commentsOff)
		return "comments are switched off on its media";
	if (around) return "the comment was deleted; its media is still there";
	return field === "comments"
		? "the comment and its media were deleted, or the token may not see them"
		: "the comment or its media was deleted, became private, has its comments switched off, or no longer mentions the account";
}

/** The media; nothing where there is none, and where Meta fails at the moment, that. */
async function told<T>(
	read: () => Promise<T>,
): Promise<T | "not now" | undefined> {
	try {
		return await read();
	} catch (error) {
		if (!(error instanceof GraphRefusal) || error.affectsEveryCall) throw error;
		return error.about === "object" ? undefined : "not now";
	}
}
