import { readOwnComment, readOwnMedia } from "../graph/comments.ts";
import type { Graph } from "../graph/graph-client.ts";
import { GraphRefusal } from "../graph/graph-error.ts";
import { NotWithLogin } from "../graph/login.ts";
import {
	type MentionedComment,
	type MentionedMedia,
	readMentionedComment,
	readMentionedMedia,
} from "../graph/mentions.ts";
import type { InboxTarget } from "../store/inbox.ts";
import type { MentionContext, TokenOf } from "./mention-context.ts";
import type { MentionRecord } from "./records.ts";

/** Reads a received mention or comment from Meta. */
export async function readTarget(
	{ field, accountId, mediaId, commentId }: InboxTarget,
	graph: Graph,
	tokenOf: TokenOf,
): Promise<MentionRecord> {
	const token = await tokenOf(accountId);
	if (commentId === undefined)
		return captionRecord(
			field,
			accountId,
			await graph(readMentionedMedia(accountId, mediaId), token),
		);
	const call =
		field === "mentions"
			? readMentionedComment(accountId, commentId)
			: readOwnComment(commentId);
	return commentRecord(field, accountId, await graph(call, token), mediaId);
}

/**
 * Reads what an unknown id names: a comment that mentions the account, media
 * whose caption does, a comment on the account's own media, or such media.
 * @throws GraphRefusal where it is none of them
 */
export async function readUnknownId(
	id: string,
	igUserId: string,
	{ graph, tokenOf }: Pick<MentionContext, "graph" | "tokenOf">,
): Promise<MentionRecord> {
	const token = await tokenOf(igUserId);
	const attempts = [
		async () =>
			commentRecord(
				"mentions",
				igUserId,
				await graph(readMentionedComment(igUserId, id), token),
			),
		async () =>
			captionRecord(
				"mentions",
				igUserId,
				await graph(readMentionedMedia(igUserId, id), token),
			),
		async () =>
			commentRecord(
				"comments",
				igUserId,
				await graph(readOwnComment(id), token),
			),
		async () =>
			captionRecord("comments", igUserId, await graph(readOwnMedia(id), token)),
	];
	let refusal: unknown;
	for (const attempt of attempts) {
		try {
			return await attempt();
		} catch (error) {
			if (!isSomethingElse(error)) throw error;
			refusal ??= error;
		}
	}
	throw refusal;
}

/** The id names another kind of object: it has other fields, or cannot be read this way. */
function isSomethingElse(error: unknown): boolean {
	return (
		error instanceof NotWithLogin ||
		(error instanceof GraphRefusal &&
			(error.about === "object" || /nonexisting field/.test(error.message)))
	);
}

function captionRecord(
	field: MentionRecord["field"],
	igUserId: string,
	{ id, caption, username, timestamp, media, comments }: MentionedMedia,
): MentionRecord {
	return {
		type: "mention",
		kind: "caption",
		field,
		igUserId,
		mediaId: id,
		text: caption,
		username,
		timestamp,
		media,
		...(comments.length > 0 && { comments }),
	};
}

function commentRecord(
	field: MentionRecord["field"],
	igUserId: string,
	comment: MentionedComment,
	mediaId = comment.media?.id ?? "",
): MentionRecord {
	const { id, text, username, authorId, timestamp, parentId, media } = comment;
	return {
		type: "mention",
		kind: "comment",
		field,
		igUserId,
		mediaId,
		commentId: id,
		text,
		username,
		...(authorId && { authorId }),
		timestamp,
		...(media && { media }),
		...(parentId && { parentId }),
	};
}
