import type { Config } from "../config.ts";
import { IgwhError } from "../igwh-error.ts";
import type { PrunedRecord } from "../records.ts";
import { openStore } from "../store/store.ts";
import type { World } from "../world.ts";

export interface PruneEventsInput {
	/** Milliseconds. */
	olderThan: number | undefined;
}

/** Forgets deliveries received before a time; their space in the file is used again. */
export async function* pruneEvents(
	{ olderThan }: PruneEventsInput,
	config: Config,
	world: World,
): AsyncGenerator<PrunedRecord> {
	if (olderThan === undefined)
		throw new IgwhError(
			"usage",
			"how old is old?",
			"say it: igwh events prune --older-than 30d",
		);
	const store = await openStore(config, world);
	try {
		const before = world.clock.now() - olderThan;
		yield {
			type: "pruned",
			deliveries: store.deliveries.prune(before),
			before: new Date(before).toISOString(),
		};
	} finally {
		store.close();
	}
}
