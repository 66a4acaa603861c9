import type { Sandbox } from "../context.ts";
import type { Comment } from "./state.ts";

/** Adds a comment to the world, written now. */
export function writeComment(
	{ state, world }: Sandbox,
	comment: Pick<Comment, "id" | "mediaId" | "author" | "text" | "parentId">,
): Comment {
	const written: Comment = {
		kind: "comment",
		...comment,
		author: { id: comment.author.id, username: comment.author.username },
		createdAt: world.clock.now(),
		hidden: false,
	};
	state.comments.set(written.id, written);
	return written;
}
