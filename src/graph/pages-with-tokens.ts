import type { Config } from "../config/config.ts";
import type { Secret } from "../config/secret.ts";
import { accessTokens } from "./access-tokens.ts";
import type { Graph } from "./graph-client.ts";

export interface PageWithToken {
	id: string;
	token: Secret;
}

/** The pages named, all of the person's, or the configured one; each with its token. */
export async function pagesWithTokens(
	{ pages, all }: { pages: readonly string[]; all: boolean },
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
