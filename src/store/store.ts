import { join } from "node:path";
import type { Config } from "../config/config.ts";
import {
	type Database,
	type FileRepair,
	UnwritableError,
	type World,
} from "../world.ts";
import { type Deliveries, deliveries } from "./deliveries.ts";
import { type Inbox, inbox } from "./inbox.ts";
import { indexDeliveries } from "./index-deliveries.ts";
import { keepIntact } from "./keep-intact.ts";
import { type Listeners, listeners } from "./listeners.ts";
import { type Lookups, lookups } from "./lookups.ts";
import { type Overrides, overrides } from "./overrides.ts";
import { type Replies, replies } from "./replies.ts";
import { migrate } from "./schema.ts";
import { type StoredStory, stories } from "./stories.ts";

/** The stored state, in one SQLite file that several processes may share. */
export interface Store {
	deliveries: Deliveries;
	inbox: Inbox;
	replies: Replies;
	lookups: Lookups;
	listeners: Listeners;
	overrides: Overrides;
	/** The insights of stories received since a time, oldest first, each story once. */
	stories(since: number): StoredStory[];
	close(): void;
}

/** The file of the store; the sandbox has one of its own. */
export function storePath(config: Config, sandbox = config.sandbox): string {
	return join(config.storeFolder, sandbox ? "sandbox.db" : "igwh.db");
}

/**
 * Opens the store of the configuration; data of the sandbox has a file of its own,
 * so that it never mixes with real data.
 * @throws IgwhError `store`
 */
export async function openStore(config: Config, world: World): Promise<Store> {
	const path = storePath(config);
	const { note } = world.terminal;
	const database = await world.openDatabase(path);
	try {
		for (const notice of database.notices()) note(`igwh: ${notice}`);
		return storeOf(database, world.clock.now, {
			onRepair: (kind) => note(`igwh: the store ${path} ${repairs[kind]}`),
			onRefusedRemoved: once(() =>
				note(
					"igwh: deliveries with an invalid signature exceed their space; the oldest of them are removed",
				),
			),
			onUnwritable: once(({ message, hint }) =>
				note(
					`igwh: ${message}; the latest deliveries are shown without the index (${hint})`,
				),
			),
		});
	} catch (error) {
		database.close();
		throw error;
	}
}

function once<T>(work: (value: T) => void): (value: T) => void {
	let done = false;
	return (value) => {
		if (!done) work(value);
		done = true;
	};
}

export interface StoreEvents {
	/** The file was removed or replaced while it was open. */
	onRepair(kind: FileRepair): void;
	/** Called with how many refused deliveries were removed to make room. */
	onRefusedRemoved(count: number): void;
	/** The latest deliveries could not be indexed, and are read without the index. */
	onUnwritable(error: UnwritableError): void;
}

const repairs: Record<FileRepair, string> = {
	recreated:
		"was removed while in use; a new one was created, without the deliveries of the old one",
	reopened: "was replaced while in use; new deliveries go into the new file",
	recovered: "lost its log while in use; it was written again, nothing is lost",
};

export function storeOf(
	opened: Database,
	now: () => number,
	events: Partial<StoreEvents> = {},
): Store {
	migrate(opened);
	const database = keepIntact(opened, (kind) => events.onRepair?.(kind));
	/** A store that cannot be written can still be read. */
	const index = (upTo?: number) => {
		try {
			indexDeliveries(database, upTo);
		} catch (error) {
			if (!(error instanceof UnwritableError)) throw error;
			events.onUnwritable?.(error);
		}
	};
	return {
		deliveries: deliveries(database, {
			index,
			onRefusedRemoved: (count) => events.onRefusedRemoved?.(count),
		}),
		inbox: inbox(database),
		replies: replies(database, now),
		lookups: lookups(database, now),
		listeners: listeners(database, now),
		overrides: overrides(database, now),
		stories: (since) => {
			index();
			return stories(database, since);
		},
		close: database.close,
	};
}
