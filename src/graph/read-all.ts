import type { Secret } from "../config/secret.ts";
import { IgwhError } from "../igwh-error.ts";
import { asRecord, asString } from "../webhook/delivery.ts";
import type { GraphCall } from "./graph-call.ts";
import type { Graph } from "./graph-client.ts";

/** A part of a list, and where the next part begins. */
export interface Part<T> {
	items: T[];
	after: string | undefined;
}

/** How many parts are read; at 100 a part, 10,000 items. */
export const maxParts = 100;

/**
 * Reads a list to its end. The next part is read by cursor, from the same host:
 * the addresses in Meta's `paging.next` are not followed.
 * @param part the call for the part after a cursor
 * @throws IgwhError `graph` for a list that is longer than 10,000, or repeats itself
 */
export async function readAll<T>(
	graph: Graph,
	part: (after?: string) => GraphCall<Part<T>>,
	token?: Secret,
): Promise<T[]> {
	const found: T[] = [];
	const seen = new Set<string>();
	let after: string | undefined;
	do {
		const { items, after: next } = await graph(part(after), token);
		found.push(...items);
		if (next !== undefined && (seen.has(next) || seen.size >= maxParts))
			throw endless(part(after));
		if (next !== undefined) seen.add(next);
		after = next;
	} while (after !== undefined);
	return found;
}

/** Where the next part of a list begins; nothing at its end, which Meta marks by leaving out `next`. */
export function nextPart(paging: unknown): string | undefined {
	const { next, cursors } = asRecord(paging);
	if (!next) return undefined;
	return asString(asRecord(cursors).after) || cursorOf(asString(next));
}

/**
 * The same for lists inside `mentioned_media`, which never have `next`: they end
 * with a part without items, or without a cursor.
 */
export function nextCursor(paging: unknown, items: number): string | undefined {
	return items > 0
		? asString(asRecord(asRecord(paging).cursors).after) || undefined
		: undefined;
}

function cursorOf(url: string): string | undefined {
	return URL.canParse(url)
		? (new URL(url).searchParams.get("after") ?? undefined)
		: undefined;
}

function endless({ method, path }: GraphCall<unknown>): IgwhError {
	return new IgwhError(
		"graph",
		`the list of ${method} ${path} has more than ${maxParts} parts, or repeats itself`,
		"igwh reads lists of up to 10,000 entries",
	);
}
