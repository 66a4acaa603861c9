import { listPages, type Page } from "../graph/accounts.ts";
import type { Graph } from "../graph/graph-client.ts";

/** Every page of the person the user token belongs to, however many lists they come in. */
export async function allPages(graph: Graph): Promise<Page[]> {
	const found: Page[] = [];
	let after: string | undefined;
	do {
		const list = await graph(listPages(after));
		found.push(...list.pages);
		after = list.after;
	} while (after !== undefined);
	return found;
}
