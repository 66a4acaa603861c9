import type { Config } from "../config.ts";
import type { Page } from "../graph/accounts.ts";
import type { Graph } from "../graph/graph-client.ts";
import type { Secret } from "../secret.ts";
import { allPages } from "./all-pages.ts";

/**
 * Finds the page token for an Instagram account: the configured one, or with a
 * user token that of the page linked to the account.
 */
export function accountTokens(config: Config, graph: Graph) {
	let pages: Promise<Page[]> | undefined;
	return async (igUserId: string): Promise<Secret | undefined> => {
		if (igUserId === config.get("igUserId") || !config.secret("userToken"))
			return undefined;
		pages ??= allPages(graph);
		return (await pages).find((page) => page.igUserId === igUserId)?.token;
	};
}

export type TokenOf = ReturnType<typeof accountTokens>;
