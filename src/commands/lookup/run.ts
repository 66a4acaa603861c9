import type { Config } from "../../config/config.ts";
import { GraphRefusal } from "../../graph/graph-error.ts";
import { IgwhError } from "../../igwh-error.ts";
import { age } from "../../mentions/age.ts";
import {
	type MentionContext,
	openMentions,
} from "../../mentions/mention-context.ts";
import { readAhead } from "../../mentions/read-ahead.ts";
import {
	type ReadItem,
	readItem,
	readListed,
} from "../../mentions/read-item.ts";
import { readUnknownId } from "../../mentions/read-mention.ts";
import type { MentionRecord } from "../../mentions/records.ts";
import { isDeliveryId } from "../../store/deliveries.ts";
import type { InboxItem } from "../../store/inbox.ts";
import { type InboxState, inboxStates } from "../../store/inbox-states.ts";
import type { World } from "../../world.ts";

export interface LookupInput {
	/** Comment, media or delivery ids; none for the inbox. */
	ids: readonly string[];
	/** States of the inbox; the unanswered ones where left out. */
	state?: readonly (InboxState | "all")[];
	/** Read again from Meta what is in the store. */
	refresh?: boolean;
}

const unanswered: readonly InboxState[] = ["new", "failed"];
/**
 * Reads mentions and comments: those named, from Meta, or those of the inbox,
 * each from Meta once.
 */
export async function* run(
	{ ids, state = unanswered, refresh = false }: LookupInput,
	config: Config,
	world: World,
): AsyncGenerator<ReadItem> {
	const states = state.flatMap((name) =>
		name === "all" ? inboxStates : [name],
	);
	const context = await openMentions(config, world);
	try {
		const items = ids.length > 0 ? [] : context.store.inbox.list(states);
		if (ids.length === 0 && items.length === 0)
			world.terminal.note(
				`No ${state.join() === unanswered.join() ? "unanswered" : state.join(" or ")} mentions in the inbox. Receive some with: igwh listen`,
			);
		let unreadable = 0;
		const records =
			ids.length > 0
				? named(ids, context)
				: readAhead(items, (item) =>
						readListed(item, context, { fresh: refresh }),
					);
		for await (const record of records) {
			if (record.type === "unreadable") unreadable++;
			yield record;
			if (world.interrupt.aborted) return;
		}
		if (unreadable > 0) throw someUnreadable(unreadable);
	} finally {
		context.store.close();
	}
}

/** Everything that ids name; one that was never received is read by its id. */
async function* named(
	ids: readonly string[],
	context: MentionContext,
): AsyncGenerator<ReadItem> {
	const found = ids.map((id) => ({ id, items: received(id, context) }));
	for (const { id, items } of found)
		if (items.length === 0 && isDeliveryId(id)) throw noMention(id);
	for (const { id, items } of found) {
		for (const item of items) yield readItem(item, context, { fresh: true });
		if (items.length === 0) yield readUnreceived(id, context);
	}
}

/**
 * All of a delivery; of a comment or media that several accounts received, the
 * configured one's. Where the flag names an account, only that one's.
 */
function received(id: string, { store, config }: MentionContext): InboxItem[] {
	const items = store.inbox.named(id);
	if (isDeliveryId(id)) return items;
	const own = items.filter(
		({ accountId }) => accountId === config.get("igUserId"),
	);
	return own.length > 0 || config.source("igUserId") === "flag" ? own : items;
}

async function readUnreceived(
	id: string,
	context: MentionContext,
): Promise<MentionRecord> {
	try {
		const { config, world } = context;
		const record = await readUnknownId(id, config.need("igUserId"), context);
		const ageSeconds = age(record.timestamp, world.clock.now());
		return { ...record, ...(ageSeconds !== undefined && { ageSeconds }) };
	} catch (error) {
		if (!(error instanceof GraphRefusal) || error.about !== "object")
			throw error;
		throw new IgwhError(
			"graph",
			`${id} cannot be read: it does not mention the account and is not on its own media, or it was deleted or is private`,
			error.hint,
			{ cause: error },
		);
	}
}

function noMention(id: string): IgwhError {
	return new IgwhError(
		"input",
		`delivery ${id} has no mention or comment, or is not in the store`,
		"list the deliveries with: igwh events",
	);
}

function someUnreadable(count: number): IgwhError {
	return new IgwhError(
		"graph",
		`${count} could not be read; they stay in the inbox`,
		"see the reasons above; read them again with: igwh lookup --refresh",
	);
}
