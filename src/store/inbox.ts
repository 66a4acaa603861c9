import { type Change, members, text } from "../webhook/delivery.ts";
import type { Database, Row } from "../world.ts";
import { insertRows } from "./insert-rows.ts";

/** What may happen to a mention or comment once it is here. */
export type InboxState = "new" | "answered";

/** A received mention or comment that someone may want to answer. */
export interface InboxItem {
	field: "mentions" | "comments";
	/** The Instagram account it was sent to. */
	accountId: string;
	mediaId: string;
	/** Missing where a caption mentions the account. */
	commentId: string | undefined;
	/** The delivery that brought it. */
	deliveryId: string;
	state: InboxState;
}

/** What tells one item from another. */
export type InboxTarget = Pick<
	InboxItem,
	"accountId" | "mediaId" | "commentId"
>;

export interface Inbox {
	/** Oldest first. */
	list(state: InboxState): InboxItem[];
	/** Those that a comment's, a captioned media's or a delivery's id names, oldest first. */
	named(id: string): InboxItem[];
	settle(target: InboxTarget, state: InboxState): void;
}

export function inbox(database: Database): Inbox {
	return {
		list: (state) =>
			database
				.all("SELECT * FROM inbox WHERE state = ? ORDER BY id", [state])
				.map(readItem),
		named: (id) =>
			database
				.all(
					"SELECT * FROM inbox WHERE comment_id = ?1 OR (media_id = ?1 AND comment_id IS NULL) OR 'd' || delivery_id = ?1 ORDER BY id",
					[id],
				)
				.map(readItem),
		settle: ({ accountId, mediaId, commentId }, state) => {
			database.run(
				"UPDATE inbox SET state = ? WHERE account_id = ? AND media_id = ? AND comment_id IS ?",
				[state, accountId, mediaId, commentId ?? null],
			);
		},
	};
}

/** A verified change that may want an answer. */
export interface InboxEntry {
	deliveryRow: number;
	change: Change;
	key: string;
}

/** Puts verified changes into the inbox, those that are something to answer and not there yet. */
export function addToInbox(
	database: Database,
	entries: readonly InboxEntry[],
): void {
	const rows = entries.flatMap(({ deliveryRow, change, key }) => {
		const target = answerable(change);
		return target
			? [
					[
						key,
						deliveryRow,
						change.field,
						change.accountId,
						target.mediaId,
						target.commentId,
						"new",
					],
				]
			: [];
	});
	insertRows(
		database,
		"INSERT OR IGNORE INTO inbox (duplicate_key, delivery_id, field, account_id, media_id, comment_id, state)",
		rows,
	);
}

/** Meta delivers the account's own comments too; answering those would never end. */
function answerable({ field, accountId, value }: Change) {
	const { id, from, media, media_id, comment_id } = members(value);
	if (field === "mentions" && text(media_id))
		return { mediaId: text(media_id), commentId: text(comment_id) || null };
	const author = text(members(from).id);
	if (field === "comments" && text(id) && author !== accountId)
		return { mediaId: text(members(media).id), commentId: text(id) };
	return undefined;
}

function readItem(row: Row): InboxItem {
	return {
		field: String(row.field) as InboxItem["field"],
		accountId: String(row.account_id),
		mediaId: String(row.media_id),
		commentId: row.comment_id === null ? undefined : String(row.comment_id),
		deliveryId: `d${row.delivery_id}`,
		state: String(row.state) as InboxState,
	};
}
