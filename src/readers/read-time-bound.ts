import { readDuration } from "./read-duration.ts";

/** A point in time: a date, or how long ago, in milliseconds. */
export type TimeBound = { at: number } | { ago: number };

/**
 * Reads `2026-11-21`, `2026-11-21T09:30`, or `2h` for two hours ago; undefined for
 * anything else. Times are UTC, as igwh shows them, unless they name an offset.
 */
export function readTimeBound(text: string): TimeBound | undefined {
	const ago = readDuration(text);
	if (ago !== undefined) return { ago };
	const [, time, offset] =
		/^\d{4}-\d{2}-\d{2}(T[\d:.]+)?(Z|[+-]\d{2}:\d{2})?$/.exec(text) ?? [];
	const isDate = /^\d{4}-/.test(text) && (time !== undefined || !offset);
	const at = isDate
		? Date.parse(time && !offset ? `${text}Z` : text)
		: Number.NaN;
	return Number.isNaN(at) ? undefined : { at };
}

/** Milliseconds since 1970. */
export function timeOf(bound: TimeBound, now: number): number {
	return "at" in bound ? bound.at : now - bound.ago;
}
