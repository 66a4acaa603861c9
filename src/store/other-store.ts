import type { Config } from "../config/config.ts";
import { IgwhError } from "../igwh-error.ts";
import type { World } from "../world.ts";
import { storePath } from "./store.ts";

/**
 * A hint to the other store, where the configured one has no deliveries: to the
 * sandbox's store from Meta's, and to Meta's from the sandbox's.
 * @param commandLine what was asked for, e.g. `events`
 * @returns a hint; nothing where the other store is missing or empty
 */
export async function hintOfOtherStore(
	commandLine: string,
	config: Config,
	world: World,
): Promise<string | undefined> {
	const path = storePath(config, !config.sandbox);
	const count = await countDeliveries(path, world);
	if (count === 0) return undefined;
	const command = config.sandbox
		? `IGWH_SANDBOX=0 igwh ${commandLine}`
		: `igwh ${commandLine} --sandbox`;
	return `${path}, the store ${config.sandbox ? "for Meta" : "of the sandbox"}, has ${count}: ${command}`;
}

/** Reads without changing anything: a store that is missing is not made. */
async function countDeliveries(path: string, world: World): Promise<number> {
	if ((await world.files.realPath(path)) === undefined) return 0;
	try {
		const database = await world.openDatabase(path);
		try {
			const sql = "SELECT count(*) AS count FROM deliveries";
			return Number(database.all(sql)[0]?.count);
		} finally {
			database.close();
		}
	} catch (error) {
		// It has no table yet, or cannot be read: no hint is given.
		if (error instanceof IgwhError) return 0;
		throw error;
	}
}
