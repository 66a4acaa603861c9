import { newReplyId } from "../../new-id.ts";
import {
	type Account,
	doesMention,
	type SandboxState,
} from "../../simulation/state.ts";
import { writeComment } from "../../simulation/write-comment.ts";
import { needParameter } from "../graph-call.ts";
import { graphErrors } from "../graph-error.ts";
import { requirePermission } from "../viewer.ts";
import type { Operation } from "./operation.ts";

/**
 * `POST /{ig-user-id}/mentions`: answers the comment that mentions the account,
 * or the caption that does where no `comment_id` is given (README: Mentions).
 */
export const replyToMention: Operation<Account> = (
	account,
	{ sandbox, viewer },
	call,
) => {
	requirePermission(viewer, "instagram_manage_comments");
	const mediaId = needParameter(call, "media_id");
	const message = needParameter(call, "message");
	const commentId = call.parameters.get("comment_id");
	requireMention(sandbox.state, account, mediaId, commentId);
	const parentId =
		sandbox.state.comments.get(commentId ?? "")?.parentId ?? commentId;
	const { id } = writeComment(sandbox, {
		id: newReplyId(sandbox),
		mediaId,
		author: account,
		text: message,
		...(parentId !== undefined && { parentId }),
	});
	return { id };
};

/** Only what is said about the account under somebody else's media is a mention. */
function requireMention(
	{ media, comments }: SandboxState,
	{ id, username }: Account,
	mediaId: string,
	commentId: string | undefined,
): void {
	const target = media.get(mediaId);
	if (!target || target.commentsOff || target.owner.id === id)
		throw graphErrors.unsupportedObject("POST", mediaId);
	if (commentId === undefined) {
		if (!doesMention(target.caption, username))
			throw graphErrors.unsupportedObject("POST", mediaId);
		return;
	}
	const comment = comments.get(commentId);
	if (comment?.mediaId !== mediaId || !doesMention(comment.text, username))
		throw graphErrors.unsupportedObject("POST", commentId);
}
