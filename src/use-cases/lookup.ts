import type { Config } from "../config.ts";
import { graphClient } from "../graph/graph-client.ts";
import { GraphRefusal } from "../graph/graph-error.ts";
import { IgwhError } from "../igwh-error.ts";
import type { MentionRecord, UnreadableRecord } from "../records.ts";
import { isDeliveryId } from "../store/deliveries.ts";
import type { InboxItem } from "../store/inbox.ts";
import { openStore } from "../store/store.ts";
import type { World } from "../world.ts";
import { accountTokens } from "./account-token.ts";
import { readInboxItem, readUnknownId } from "./read-mention.ts";

export interface LookupInput {
	/** Comment, media or delivery ids; none for everything unanswered. */
	ids: readonly string[];
}

/** Tells what mentions and comments say: those named, or all unanswered ones. */
export async function* lookup(
	{ ids }: LookupInput,
	config: Config,
	world: World,
): AsyncGenerator<MentionRecord | UnreadableRecord> {
	const graph = graphClient(config, world);
	const tokenOf = accountTokens(config, graph);
	const store = await openStore(config, world);
	try {
		const received = ids.map((id) => ({ id, items: store.inbox.named(id) }));
		const unreceived = received.filter(({ items }) => items.length === 0);
		for (const { id } of unreceived) if (isDeliveryId(id)) throw noMention(id);
		const items =
			ids.length > 0
				? received.flatMap(({ items }) => items.slice(0, 1))
				: store.inbox.list("new");
		if (ids.length === 0 && items.length === 0)
			world.terminal.note(
				"nothing unanswered here; mentions arrive through: igwh listen",
			);
		let unreadable = 0;
		for (const item of items) {
			const record = await readOrReport(item, () =>
				readInboxItem(item, graph, tokenOf),
			);
			if (record.type === "unreadable") unreadable++;
			yield record;
		}
		for (const { id } of unreceived)
			yield await readUnknownId(id, config.need("igUserId"), graph);
		if (unreadable > 0) throw someUnreadable(unreadable);
	} finally {
		store.close();
	}
}

/** Deleted or private media must not hide the rest; a bad token ends the run. */
async function readOrReport(
	{ accountId, mediaId, commentId }: InboxItem,
	read: () => Promise<MentionRecord>,
): Promise<MentionRecord | UnreadableRecord> {
	try {
		return await read();
	} catch (error) {
		if (!(error instanceof GraphRefusal) || error.code !== "graph") throw error;
		return {
			type: "unreadable",
			igUserId: accountId,
			mediaId,
			...(commentId && { commentId }),
			reason: `${error.message}; ${error.hint}`,
		};
	}
}

function noMention(id: string): IgwhError {
	return new IgwhError(
		"input",
		`delivery ${id} brought no mention or comment, or is not in the store`,
		"igwh events lists the deliveries, igwh lookup what is unanswered",
	);
}

function someUnreadable(count: number): IgwhError {
	return new IgwhError(
		"graph",
		`${count} could not be read; they stay in the inbox`,
		"the reasons stand above",
	);
}
