import type { Config } from "../config/config.ts";
import type { Secret } from "../config/secret.ts";
import { accessTokens } from "../graph/access-tokens.ts";
import { readUsername } from "../graph/accounts.ts";
import {
	type Graph,
	graphClient,
	unwaitingGraph,
} from "../graph/graph-client.ts";
import { limitWaiter, type WaitOut } from "../graph/wait-out-limits.ts";
import { IgwhError } from "../igwh-error.ts";
import { openStore, type Store } from "../store/store.ts";
import type { World } from "../world.ts";

export type TokenOf = (igUserId: string) => Promise<Secret>;

/** What it takes to read and answer mentions and comments. */
export interface MentionContext {
	graph: Graph;
	/** Throws at a rate limit: while it is waited out, no answer may look as if it were under way. */
	unwaiting: Graph;
	/** With `--wait`: does work again after a rate limit. */
	waitOut: WaitOut;
	/** The token for an account of the person. @throws MissingToken */
	tokenOf: TokenOf;
	/** The username of an account of the person, at most a minute old. */
	usernameOf(igUserId: string): Promise<string>;
	store: Store;
	world: World;
	config: Config;
}

/** @throws IgwhError `store` */
export async function openMentions(
	config: Config,
	world: World,
): Promise<MentionContext> {
	return mentionContextOf(config, await openStore(config, world), world);
}

/** With a store that is already open. */
export function mentionContextOf(
	config: Config,
	store: Store,
	world: World,
): MentionContext {
	const waitOut = limitWaiter(config, world);
	const graph = graphClient(config, world, waitOut);
	const unwaiting = unwaitingGraph(config, world);
	const tokenOf = accessTokens(config, graph).ofAccount;
	const usernames = new Map<string, { username: string; at: number }>();
	const usernameOf = async (igUserId: string) => {
		const now = world.clock.elapsed();
		const known = usernames.get(igUserId);
		if (known && now - known.at < usernameMs) return known.username;
		const username = await graph(
			readUsername(igUserId),
			await tokenOf(igUserId),
		);
		if (!username)
			throw new IgwhError(
				"graph",
				`Meta gives no username for account ${igUserId}`,
				"grant instagram_basic to the app",
			);
		usernames.set(igUserId, { username, at: now });
		return username;
	};
	return {
		graph,
		unwaiting,
		waitOut,
		tokenOf,
		usernameOf,
		store,
		world,
		config,
	};
}

/** An account may be renamed: its username is asked for again after this time. */
const usernameMs = 60_000;
