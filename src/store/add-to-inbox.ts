import { asRecord, asString, type Change } from "../webhook/delivery.ts";
import { verifyAccountId } from "../webhook/verify-account.ts";
import type { Database } from "../world.ts";
import { insertRows } from "./insert-rows.ts";

/** A verified change that may want an answer. */
export interface InboxEntry {
	deliveryRow: number;
	/** Milliseconds since 1970. */
	receivedAt: number;
	change: Change;
	key: string;
}

/** Adds the verified changes that can be answered to the inbox, each once. */
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
	const { id, from, media, media_id, comment_id } = asRecord(value);
	if (field === "mentions" && asString(media_id))
		return {
			mediaId: asString(media_id),
			commentId: asString(comment_id) || null,
		};
	const author = asString(asRecord(from).id);
	if (field === "comments" && asString(id) && author !== accountId)
		return { mediaId: asString(asRecord(media).id), commentId: asString(id) };
	return undefined;
}
