import type { Sandbox } from "../../context.ts";
import { announceLater } from "../../delivery/announce.ts";
import { commentValue } from "../../delivery/comment-value.ts";
import { newReplyId } from "../../new-id.ts";
import type { Account } from "../../simulation/state.ts";
import { writeComment } from "../../simulation/write-comment.ts";

/**
 * Writes a comment of the account under its own media. An account's own
 * comments are delivered too: the loop that reply bots fall into.
 */
export function writeOwnComment(
	sandbox: Sandbox,
	comment: {
		mediaId: string;
		author: Account;
		text: string;
		parentId?: string;
	},
): { id: string } {
	const written = writeComment(sandbox, {
		id: newReplyId(sandbox),
		...comment,
	});
	announceLater(sandbox, {
		field: "comments",
		accountId: comment.author.id,
		value: commentValue(written, sandbox.state),
	});
	return { id: written.id };
}
