import { type Change, members, text } from "../webhook/delivery.ts";
import { verifyAccountId } from "../webhook/verify-account.ts";
import type { Database, Row } from "../world.ts";
import { insertRows } from "./insert-rows.ts";

/** What may happen to a mention or comment once it is here. */
export const inboxStates = ["new", "answered", "skipped", "failed"] as const;
export type InboxState = (typeof inboxStates)[number];

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
	/** Milliseconds since 1970. */
	receivedAt: number;
	/** The value of the change, as delivered. */
	value: unknown;
	state: InboxState;
	/** Why it failed or was skipped. */
	reason: string | undefined;
}

/** What an answer goes to: a comment, or the media whose caption mentions the account. */
export type InboxTarget = Pick<
	InboxItem,
	"field" | "accountId" | "mediaId" | "commentId"
>;

export interface Inbox {
	/** Oldest first. */
	list(states: readonly InboxState[]): InboxItem[];
	/** Those that a comment's, a captioned media's or a delivery's id names, oldest first. */
	named(id: string): InboxItem[];
	settle(target: InboxTarget, state: InboxState, reason?: string): void;
}

export function inbox(database: Database): Inbox {
	return {
		list: (states) =>
			database
				.all(
					"SELECT * FROM inbox WHERE state IN (SELECT value FROM json_each(?)) ORDER BY id",
					[JSON.stringify(states)],
				)
				.map(readItem),
		named: (id) => {
			const [, delivery] = id.match(/^d(\d+)$/) ?? [];
			const column = delivery
				? "delivery_id"
				: "coalesce(comment_id, media_id)";
			return database
				.all(`SELECT * FROM inbox WHERE ${column} = ? ORDER BY id`, [
					delivery ? Number(delivery) : id,
				])
				.map(readItem);
		},
		settle: (target, state, reason) =>
			settleInbox(database, target, state, reason),
	};
}

/** Says what became of an item, if it is one of the inbox. */
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

/** A verified change that may want an answer. */
export interface InboxEntry {
	deliveryRow: number;
	/** Milliseconds since 1970. */
	receivedAt: number;
	change: Change;
	key: string;
}

/** Puts verified changes into the inbox, those that are something to answer and not there yet. */
export function addToInbox(
	database: Database,
	entries: readonly InboxEntry[],
): void {
	const rows = entries.flatMap(({ deliveryRow, receivedAt, change, key }) => {
		const target = answerable(change);
		return target
			? [
					[
						key,
						deliveryRow,
						receivedAt,
						change.field,
						change.accountId,
						target.mediaId,
						target.commentId,
						JSON.stringify(change.value),
						"new",
					],
				]
			: [];
	});
	insertRows(
		database,
		"INSERT OR IGNORE INTO inbox (duplicate_key, delivery_id, received_at, field, account_id, media_id, comment_id, value, state)",
		rows,
	);
}

/** Meta delivers the account's own comments too; answering those would never end. */
function answerable({ field, accountId, value }: Change) {
	if (accountId === verifyAccountId) return undefined;
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
		receivedAt: Number(row.received_at),
		value: JSON.parse(String(row.value)),
		state: String(row.state) as InboxState,
		reason: row.reason === null ? undefined : String(row.reason),
	};
}
