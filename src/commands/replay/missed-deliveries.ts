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

/** The stored deliveries that an app did not accept, oldest first, each for the app that missed it. */
export function missedDeliveries(
	store: Store,
	{ to, ...bounds }: MissedFilter,
): ReplaySource[] {
	const filter = { ...bounds, failed: true, after: "d0" };
	const missed = [
		...store.deliveries.list({ ...filter, limit: Number.MAX_SAFE_INTEGER }),
	].flatMap((stored) => targets(stored, to).map((url) => ({ stored, url })));
	const apps = new Set(missed.map(({ url }) => url));
	return missed.map(({ stored, url }) => ({
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
