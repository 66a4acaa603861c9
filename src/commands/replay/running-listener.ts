import { probe } from "../../probe.ts";
import type { Store } from "../../store/store.ts";
import { webhookPath } from "../../webhook/webhook-path.ts";
import { UnreachableError, type World } from "../../world.ts";

/**
 * The webhook URL of the last listener that still runs, or the default one. A
 * listener that was killed could not remove itself from the list: it is removed
 * here.
 */
export async function runningListener(
	store: Store,
	world: World,
): Promise<string> {
	for (;;) {
		const url = store.listeners.latest();
		if (url === undefined) return `http://127.0.0.1:7300${webhookPath}`;
		if (await answers(url, world)) return url;
		store.listeners.remove(url);
	}
}

/** Asks with HEAD, which a receiver refuses and does not record. */
async function answers(url: string, { network }: World): Promise<boolean> {
	const answer = await probe(url, network, { method: "HEAD", timeoutMs: 2000 });
	if (!(answer instanceof UnreachableError)) return true;
	if (answer.kind === "refused") return false;
	throw answer;
}
