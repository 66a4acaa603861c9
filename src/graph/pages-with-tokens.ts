import type { Config } from "../config/config.ts";
import type { Need } from "../config/missing-settings.ts";
import type { Secret } from "../config/secret.ts";
import { accessTokens } from "./access-tokens.ts";
import type { Graph } from "./graph-client.ts";

export interface PageWithToken {
	id: string;
	token: Secret;
}

interface PagesInput {
	pages: readonly string[];
	all: boolean;
}

/** The settings without which no page and token can be found. */
export function pageNeeds({ pages, all }: PagesInput): Need[] {
	if (all) return ["userToken"];
	const token: Need = ["pageToken", "userToken"];
	return pages.length > 0 ? [token] : ["pageId", token];
}

/** The pages named, all of the person's, or the configured one; each with its token. */
export async function pagesWithTokens(
	{ pages, all }: PagesInput,
	config: Config,
	graph: Graph,
): Promise<PageWithToken[]> {
	const tokens = accessTokens(config, graph);
	if (all) return tokens.pages();
	const ids = pages.length > 0 ? pages : [config.need("pageId")];
	const wanted: PageWithToken[] = [];
	for (const id of ids) wanted.push({ id, token: await tokens.ofPage(id) });
	return wanted;
}
