import { join } from "node:path";
import type { Config } from "../config.ts";
import type { Database, FileRepair, World } from "../world.ts";
import { type Deliveries, deliveries } from "./deliveries.ts";
import { type Inbox, inbox } from "./inbox.ts";
import { keepIntact } from "./keep-intact.ts";
import { type Listeners, listeners } from "./listeners.ts";
import { type Lookups, lookups } from "./lookups.ts";
import { type Replies, replies } from "./replies.ts";
import { migrate } from "./schema.ts";
import { type StoredStory, stories } from "./stories.ts";
import { type Takeovers, takeovers } from "./takeovers.ts";

/** What igwh remembers, in one SQLite file that several processes may share. */
export interface Store {
	deliveries: Deliveries;
	inbox: Inbox;
	replies: Replies;
	lookups: Lookups;
	listeners: Listeners;
	takeovers: Takeovers;
	/** What was told of stories since a time, oldest first, each once. */
	stories(since: number): StoredStory[];
	close(): void;
}

/**
 * Opens the store of the configuration; what the sandbox made has a file of its
 * own, so that it never mixes with real people's words.
 * @throws IgwhError `store`
 */
export async function openStore(config: Config, world: World): Promise<Store> {
	const file = config.sandbox ? "sandbox.db" : "igwh.db";
	const path = join(config.get("home"), file);
	const { note } = world.terminal;
	const database = await world.openDatabase(path);
	try {
		for (const notice of database.notices()) note(`igwh: ${notice}`);
		return storeOf(database, world.clock.now, (kind) =>
			note(`igwh: the store ${path} ${repairs[kind]}`),
		);
	} catch (error) {
		database.close();
		throw error;
	}
}

const repairs: Record<FileRepair, string> = {
	recreated:
		"was removed while it was in use; a new one is there now, without the deliveries of the old one",
	reopened:
		"was replaced while it was in use; what arrives from now on goes into the new file",
	recovered:
		"lost its log while it was in use; everything in it was written again, nothing is lost",
};

export function storeOf(
	opened: Database,
	now: () => number,
	onRepair: (kind: FileRepair) => void = () => {},
): Store {
	migrate(opened);
	const database = keepIntact(opened, onRepair);
	return {
		deliveries: deliveries(database),
		inbox: inbox(database),
		replies: replies(database, now),
		lookups: lookups(database, now),
		listeners: listeners(database, now),
		takeovers: takeovers(database, now),
		stories: (since) => stories(database, since),
		close: database.close,
	};
}
