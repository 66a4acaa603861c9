import type { Config } from "../config.ts";
import { readUsername } from "../graph/accounts.ts";
import { type Graph, graphClient } from "../graph/graph-client.ts";
import { GraphRefusal } from "../graph/graph-error.ts";
import { openStore, type Store } from "../store/store.ts";
import type { World } from "../world.ts";
import { accountTokens, type TokenOf } from "./account-token.ts";

/** What it takes to read and answer mentions and comments. */
export interface Desk {
	graph: Graph;
	tokenOf: TokenOf;
	store: Store;
	world: World;
	config: Config;
}

/** @throws IgwhError `store` */
export async function openDesk(config: Config, world: World): Promise<Desk> {
	return deskOf(config, await openStore(config, world), world);
}

/** At a store that is open already. */
export function deskOf(config: Config, store: Store, world: World): Desk {
	const graph = graphClient(config, world);
	return { graph, tokenOf: accountTokens(config, graph), store, world, config };
}

/**
 * The username of one of the person's Instagram accounts, asked for once; nothing
 * where Meta does not tell it.
 */
export async function ownUsername(
	igUserId: string,
	{ graph, tokenOf, store }: Desk,
): Promise<string | undefined> {
	const key = `account ${igUserId}`;
	const known = store.lookups.find<string>(key);
	if (known) return known;
	try {
		const username = await graph(
			readUsername(igUserId),
			await tokenOf(igUserId),
		);
		store.lookups.keep(key, username);
		return username;
	} catch (error) {
		if (error instanceof GraphRefusal && error.code === "graph") return;
		throw error;
	}
}
