import { text } from "../webhook/delivery.ts";
import type { GraphCall } from "./graph-call.ts";
import { type MentionedComment, readComment } from "./mentions.ts";

/**
 * Reads a comment on media of the account's own. `media` is the album where the
 * notification named a picture of it.
 */
export function readOwnComment(commentId: string): GraphCall<MentionedComment> {
	return {
		method: "GET",
		path: `/${commentId}`,
		parameters: {
			fields: "id,text,timestamp,username,from,media{id,media_type,permalink}",
		},
		token: "page",
		read: readComment,
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
		read: ({ id }) => ({ id: text(id) }),
	};
}
