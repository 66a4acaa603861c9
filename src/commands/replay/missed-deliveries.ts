import type { Store } from "../../store/store.ts";
import type { StoredDelivery } from "../../store/stored-delivery.ts";
import { isSuccess } from "../../webhook/meta-retries.ts";
import { type ReplaySource, storedSource } from "./sources.ts";

export interface MissedFilter {
	/** Milliseconds since 1970, both included. */
	since?: number | undefined;
	until?: number | undefined;
	/** Where all are sent; the apps that missed them if left out. */
	to: string | undefined;
}

/**
 * The stored deliveries that an app did not accept, oldest first, each for the app
 * that missed it. One that repeats an earlier of them is left out: Meta sends each
 * again after a failure, and the app should get it once.
 */
export function missedDeliveries(
	store: Store,
	{ to, ...bounds }: MissedFilter,
): ReplaySource[] {
	const filter = { ...bounds, failed: true, after: "d0" };
	const missed = [
		...store.deliveries.list({ ...filter, limit: Number.MAX_SAFE_INTEGER }),
	].flatMap((stored) => targets(stored, to).map((url) => ({ stored, url })));
	const place = (id: string | null, url: string) => `${id} ${url}`;
	const places = new Set(
		missed.map(({ stored, url }) => place(stored.id, url)),
	);
	const firsts = missed.filter(
		({ stored, url }) => !places.has(place(stored.duplicateOf, url)),
	);
	const apps = new Set(firsts.map(({ url }) => url));
	return firsts.map(({ stored, url }) => ({
		...storedSource(stored),
		...(apps.size > 1 && { name: `${stored.id} to ${url}` }),
		missed: { id: stored.id, url },
	}));
}

/** The apps whose last answer to the delivery was no success. */
function targets(
	{ forwards }: StoredDelivery,
	to: string | undefined,
): string[] {
	if (to !== undefined) return [to];
	const last = new Map(forwards.map(({ url, status }) => [url, status]));
	return [...last].flatMap(([url, status]) => (isSuccess(status) ? [] : [url]));
}
