import type { Database, Row } from "../world.ts";
import type { InboxState } from "./inbox-states.ts";
import { indexDeliveries } from "./index-deliveries.ts";

/** A received mention or comment that someone may want to answer. */
export interface InboxItem {
	field: "mentions" | "comments";
	/** The Instagram account it was sent to. */
	accountId: string;
	mediaId: string;
	/** Missing where a caption mentions the account. */
	commentId: string | undefined;
	/** The delivery that contained it. */
	deliveryId: string;
	/** Milliseconds since 1970. */
	receivedAt: number;
	/** The value of the change, as delivered. */
	value: unknown;
	state: InboxState;
	/** Why it failed or was skipped. */
	reason: string | undefined;
}

/** The target of an answer: a comment, or the media whose caption mentions the account. */
export type InboxTarget = Pick<
	InboxItem,
	"field" | "accountId" | "mediaId" | "commentId"
>;

export interface Inbox {
	/** Oldest first. */
	list(states: readonly InboxState[]): InboxItem[];
	/** The items with this comment id, media id (of a caption) or delivery id, oldest first; including repeated ones. */
	named(id: string): InboxItem[];
	settle(target: InboxTarget, state: InboxState, reason?: string): void;
}

export function inbox(database: Database): Inbox {
	return {
		list: (states) => {
			indexDeliveries(database);
			return database
				.all(
					"SELECT * FROM inbox WHERE state IN (SELECT value FROM json_each(?)) ORDER BY id",
					[JSON.stringify(states)],
				)
				.map(readItem);
		},
		named: (id) => {
			indexDeliveries(database);
			const [, delivery] = id.match(/^d(\d+)$/) ?? [];
			const condition = delivery
				? "duplicate_key IN (SELECT duplicate_key FROM changes WHERE delivery_id = ?)"
				: "coalesce(comment_id, media_id) = ?";
			return database
				.all(`SELECT * FROM inbox WHERE ${condition} ORDER BY id`, [
					delivery ? Number(delivery) : id,
				])
				.map(readItem);
		},
		settle: (target, state, reason) => {
			indexDeliveries(database);
			settleInbox(database, target, state, reason);
		},
	};
}

/** Sets the state of an item, if it is in the inbox. */
export function settleInbox(
	database: Database,
	{ accountId, mediaId, commentId }: InboxTarget,
	state: InboxState,
	reason?: string,
): void {
	database.run(
		"UPDATE inbox SET state = ?, reason = ? WHERE coalesce(comment_id, media_id) = ? AND account_id = ?",
		[state, reason ?? null, commentId ?? mediaId, accountId],
	);
}

function readItem(row: Row): InboxItem {
	return {
		field: String(row.field) as InboxItem["field"],
		accountId: String(row.account_id),
		mediaId: String(row.media_id),
		commentId: row.comment_id === null ? undefined : String(row.comment_id),
		deliveryId: `d${row.delivery_id}`,
		receivedAt: Number(row.received_at),
		value: JSON.parse(String(row.value)),
		state: String(row.state) as InboxState,
		reason: row.reason === null ? undefined : String(row.reason),
	};
}
