import {
	type Comment,
	type Media,
	owningAccount,
} from "../../simulation/state.ts";
import { booleanParameter, needParameter } from "../graph-call.ts";
import { graphErrors } from "../graph-error.ts";
import { requirePermission } from "../viewer.ts";
import { type Operation, success } from "./operation.ts";
import { writeOwnComment } from "./own-comment.ts";

const permission = "instagram_manage_comments";

/** `POST /{ig-media-id}/comments`: the account comments on its own media. */
export const commentOnMedia: Operation<Media> = (media, context, call) => {
	requirePermission(context.viewer, permission);
	const text = needParameter(call, "message");
	const author = owningAccount(context.sandbox.state, media);
	if (!author || media.commentsOff || media.productType === "LIVE")
		throw graphErrors.unsupportedObject("POST", media.id);
	return writeOwnComment(context.sandbox, { mediaId: media.id, author, text });
};

/** `POST /{ig-media-id}?comment_enabled=true|false`. */
export const switchComments: Operation<Media> = (media, { viewer }, call) => {
	requirePermission(viewer, permission);
	if (booleanParameter(call, "comment_enabled")) delete media.commentsOff;
	else media.commentsOff = true;
	return success;
};

/** `DELETE /{ig-comment-id}`: by the owner of the media, with the answers to it. */
export const deleteComment: Operation<Comment> = (
	{ id },
	{ sandbox, viewer },
) => {
	requirePermission(viewer, permission);
	const { comments } = sandbox.state;
	comments.delete(id);
	for (const { id: reply, parentId } of comments.values())
		if (parentId === id) comments.delete(reply);
	return success;
};
