import { type Comment, owningAccount } from "../../simulation/state.ts";
import { booleanParameter, needParameter } from "../graph-call.ts";
import { graphErrors } from "../graph-error.ts";
import { requirePermission } from "../viewer.ts";
import { type Operation, success } from "./operation.ts";
import { writeOwnComment } from "./own-comment.ts";

const permission = "instagram_manage_comments";

/**
 * `POST /{ig-comment-id}/replies`, for comments on the account's own media that
 * are neither hidden nor under a live video. A reply to a reply is attached to
 * the top comment (meta-platform §4.7).
 */
export const replyToComment: Operation<Comment> = (
	comment,
	{ sandbox, viewer },
	call,
) => {
	requirePermission(viewer, permission);
	const text = needParameter(call, "message");
	const { state } = sandbox;
	const media = state.media.get(comment.mediaId);
	const author = owningAccount(state, media);
	if (
		!author ||
		comment.hidden ||
		media?.commentsOff ||
		media?.productType === "LIVE"
	)
		throw graphErrors.unsupportedObject("POST", comment.id);
	return writeOwnComment(sandbox, {
		mediaId: comment.mediaId,
		author,
		text,
		parentId: comment.parentId ?? comment.id,
	});
};

/** `POST /{ig-comment-id}?hide=true|false`. */
export const hideComment: Operation<Comment> = (comment, { viewer }, call) => {
	requirePermission(viewer, permission);
	comment.hidden = booleanParameter(call, "hide");
	return success;
};
