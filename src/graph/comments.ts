import { asString } from "../webhook/delivery.ts";
import type { GraphCall } from "./graph-call.ts";
import {
	type ListedComment,
	listComments,
	type MentionedComment,
	type MentionedMedia,
	newestComments,
	readCaptioned,
	readComment,
} from "./mentions.ts";
import { nextPart, type Part } from "./read-all.ts";

/**
 * Reads a comment on media of the account's own. `media` is the album where the
 * notification named a picture of it.
 */
export function readOwnComment(commentId: string): GraphCall<MentionedComment> {
	return {
		method: "GET",
		path: `/${commentId}`,
		parameters: {
			fields:
				"id,text,timestamp,username,from,parent_id,media{id,media_type,media_product_type,permalink}",
		},
		token: "page",
		read: readComment,
	};
}

/** Reads media of the account's own, and its newest comments. */
export function readOwnMedia(
	mediaId: string,
): GraphCall<MentionedMedia & { commentsOff: boolean }> {
	return {
		method: "GET",
		path: `/${mediaId}`,
		parameters: {
			fields: `id,caption,media_type,media_product_type,permalink,username,timestamp,is_comment_enabled,${newestComments}`,
		},
		token: "page",
		read: (media) => ({
			...readCaptioned(media),
			commentsOff: media.is_comment_enabled === false,
		}),
	};
}

/**
 * The answers below a comment on media of the account's own.
 * @param after where an earlier part ended
 */
export function listReplies(
	commentId: string,
	after?: string,
): GraphCall<Part<ListedComment>> {
	return {
		method: "GET",
		path: `/${commentId}/replies`,
		parameters: {
			fields: "id,text,username,timestamp",
			limit: "100",
			...(after && { after }),
		},
		token: "page",
		read: (answer) => ({
			items: listComments(answer),
			after: nextPart(answer.paging),
		}),
	};
}

/** Answers a comment on media of the account's own. */
export function answerComment(
	commentId: string,
	message: string,
): GraphCall<{ id: string }> {
	return {
		method: "POST",
		path: `/${commentId}/replies`,
		parameters: { message },
		token: "page",
		read: ({ id }) => ({ id: asString(id) }),
	};
}
