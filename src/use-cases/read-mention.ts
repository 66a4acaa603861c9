import { readOwnComment } from "../graph/comments.ts";
import type { Graph } from "../graph/graph-client.ts";
import { GraphRefusal } from "../graph/graph-error.ts";
import {
	type MentionedComment,
	readMentionedComment,
	readMentionedMedia,
} from "../graph/mentions.ts";
import type { MentionRecord } from "../records.ts";
import type { InboxItem } from "../store/inbox.ts";
import type { TokenOf } from "./account-token.ts";

/** Asks Meta what a received mention or comment says. */
export async function readInboxItem(
	{ field, accountId, mediaId, commentId }: InboxItem,
	graph: Graph,
	tokenOf: TokenOf,
): Promise<MentionRecord> {
	const token = await tokenOf(accountId);
	if (commentId === undefined)
		return readCaption(accountId, mediaId, graph, token);
	const comment = await graph(
		field === "mentions"
			? readMentionedComment(accountId, commentId)
			: readOwnComment(commentId),
		token,
	);
	return commentRecord(field, accountId, comment, mediaId);
}

/**
 * Asks for an id nothing is known of: a comment that mentions the account, media
 * whose caption does, or a comment on the account's own media.
 * @throws GraphRefusal where it is none of them
 */
export async function readUnknownId(
	id: string,
	igUserId: string,
	graph: Graph,
): Promise<MentionRecord> {
	const attempts = [
		async () =>
			commentRecord(
				"mentions",
				igUserId,
				await graph(readMentionedComment(igUserId, id)),
			),
		() => readCaption(igUserId, id, graph),
		async () =>
			commentRecord("comments", igUserId, await graph(readOwnComment(id))),
	];
	let refusal: unknown;
	for (const attempt of attempts) {
		try {
			return await attempt();
		} catch (error) {
			if (!(error instanceof GraphRefusal) || error.graphCode !== 100)
				throw error;
			refusal = error;
		}
	}
	throw refusal;
}

async function readCaption(
	igUserId: string,
	mediaId: string,
	graph: Graph,
	token?: Parameters<Graph>[1],
): Promise<MentionRecord> {
	const { caption, username, timestamp, media, comments } = await graph(
		readMentionedMedia(igUserId, mediaId),
		token,
	);
	return {
		type: "mention",
		kind: "caption",
		field: "mentions",
		igUserId,
		mediaId,
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
	{ id, text, username, timestamp, media }: MentionedComment,
	mediaId = media?.id ?? "",
): MentionRecord {
	return {
		type: "mention",
		kind: "comment",
		field,
		igUserId,
		mediaId,
		commentId: id,
		text,
		username,
		timestamp,
		...(media && { media }),
	};
}
