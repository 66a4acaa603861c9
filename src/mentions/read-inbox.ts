import type { InboxItem } from "../store/inbox.ts";
import type { InboxState } from "../store/inbox-states.ts";
import type { MentionContext } from "./mention-context.ts";
import { readAhead } from "./read-ahead.ts";
import { type ReadItem, readListed } from "./read-item.ts";

export interface ReadInboxItem {
	item: InboxItem;
	record: ReadItem;
}

/** Reads the items of the inbox in these states, oldest first, and shows how far it is. */
export async function* readInbox(
	states: readonly InboxState[],
	context: MentionContext,
): AsyncGenerator<ReadInboxItem> {
	const { progress } = context.world.terminal;
	const items = context.store.inbox.list(states);
	const read = readAhead(items, async (item) => ({
		item,
		record: await readListed(item, context),
	}));
	let count = 0;
	try {
		for await (const one of read) {
			progress(`reading ${++count} of ${items.length}`);
			yield one;
		}
	} finally {
		progress("");
	}
}
