import type { Database } from "../world.ts";
import type { InboxTarget } from "./inbox.ts";

export interface Replies {
	/** Writes down that a reply is about to be sent; returns its number. */
	begin(target: Partial<InboxTarget>, message: string): number;
	/** It was sent; Meta gave it this id. */
	sent(reply: number, replyId: string): void;
	/** Meta refused it: it does not exist there. */
	refused(reply: number): void;
}

/**
 * Every reply is written down before it is sent and settled after, so that one
 * whose answer never came stays visible as `sending`.
 */
export function replies(database: Database, now: () => number): Replies {
	const settle = (reply: number, state: string, replyId: string | null) => {
		database.run("UPDATE replies SET state = ?, reply_id = ? WHERE id = ?", [
			state,
			replyId,
			reply,
		]);
	};
	return {
		begin: ({ accountId, mediaId, commentId }, message) =>
			database.run(
				"INSERT INTO replies (at, account_id, media_id, comment_id, message, state) VALUES (?, ?, ?, ?, ?, 'sending')",
				[now(), accountId ?? "", mediaId ?? null, commentId ?? null, message],
			),
		sent: (reply, replyId) => settle(reply, "sent", replyId),
		refused: (reply) => settle(reply, "refused", null),
	};
}
