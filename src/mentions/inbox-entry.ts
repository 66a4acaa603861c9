import type { InboxItem } from "../store/inbox.ts";
import type { Store } from "../store/store.ts";
import type { InboxEntry } from "./records.ts";

/** The state of an item, with the answer that was sent to it, or may have been. */
export function inboxEntry(item: InboxItem, store: Store): InboxEntry {
	const { state, deliveryId, receivedAt, reason } = item;
	const reply = store.replies.latest(item);
	return {
		state,
		deliveryId,
		receivedAt: new Date(receivedAt).toISOString(),
		...(reason && { reason }),
		...(reply && {
			answer: {
				state: reply.state,
				message: reply.message,
				at: new Date(reply.at).toISOString(),
				...(reply.replyId && { id: reply.replyId }),
			},
		}),
	};
}
