import type { StoredDelivery } from "../../store/deliveries.ts";
import type { Store } from "../../store/store.ts";
import type { EventsFilter } from "./run.ts";

/** The deliveries that pass a filter and contain its text, in any case. */
export function* grepDeliveries(
	{ grep, limit, ...filter }: EventsFilter,
	{ deliveries }: Store,
): Generator<StoredDelivery> {
	if (grep === undefined) return yield* deliveries.list({ ...filter, limit });
	const wanted = folded(grep);
	let left = limit;
	const all = { ...filter, limit: Number.MAX_SAFE_INTEGER };
	for (const stored of deliveries.list(all)) {
		if (!contains(stored, wanted)) continue;
		yield stored;
		if (--left === 0) return;
	}
}

/** Meta escapes what is not ASCII: both what the body says and its bytes are searched. */
function contains({ parsed, body }: StoredDelivery, wanted: string): boolean {
	return (
		parsed.changes.some(({ field, accountId, value }) =>
			strings([field, accountId, value]).some((text) =>
				folded(text).includes(wanted),
			),
		) || folded(Buffer.from(body).toString("utf8")).includes(wanted)
	);
}

function strings(value: unknown): string[] {
	if (typeof value === "string") return [value];
	if (typeof value !== "object" || value === null) return [String(value)];
	return Object.values(value).flatMap(strings);
}

function folded(text: string): string {
	return text.normalize("NFC").toLowerCase();
}
