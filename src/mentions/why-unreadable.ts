import { readOwnMedia } from "../graph/comments.ts";
import { GraphRefusal } from "../graph/graph-error.ts";
import { readMentionedMedia } from "../graph/mentions.ts";
import type { InboxTarget } from "../store/inbox.ts";
import type { MentionContext } from "./mention-context.ts";

/**
 * Meta answers 100/33 for what was deleted, is private, or is not accessible.
 * Reading the media around it distinguishes some of these.
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
		return "the dashboard's Test sent it: its ids are fictitious";
	if (commentId === undefined)
		return "the media was deleted, became private, or its caption no longer mentions the account";
	const around = await mediaOrNot(
		field === "comments"
			? () => graph(readOwnMedia(mediaId), token)
			: () => graph(readMentionedMedia(accountId, mediaId), token),
	);
	if (around === "not now") return `${refusal.message}; ${refusal.hint}`;
	if (around && "commentsOff" in around && around.commentsOff)
		return "comments are switched off on its media";
	if (around) return "the comment was deleted; its media is still there";
	return field === "comments"
		? "the comment and its media were deleted, or the token has no access to them"
		: "the comment or its media was deleted, became private, has its comments switched off, or no longer mentions the account";
}

/** The media, nothing where there is none, or `not now` where Meta fails at the moment. */
async function mediaOrNot<T>(
	read: () => Promise<T>,
): Promise<T | "not now" | undefined> {
	try {
		return await read();
	} catch (error) {
		if (!(error instanceof GraphRefusal) || error.affectsEveryCall) throw error;
		return error.about === "object" ? undefined : "not now";
	}
}
