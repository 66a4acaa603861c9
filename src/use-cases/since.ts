import { IgwhError } from "../igwh-error.ts";

const lengths = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/**
 * Reads `30m`, `24h`, `7d`, `2w`, a date or a time as ISO 8601 has them.
 * @returns milliseconds since 1970
 * @throws IgwhError `usage`
 */
export function readSince(typed: string, now: number): number {
	const [, count, unit] = typed.match(/^(\d{1,6})([mhdw])$/) ?? [];
	if (count && unit)
		return now - Number(count) * lengths[unit as keyof typeof lengths];
	const time = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?$/.test(typed)
		? Date.parse(typed)
		: Number.NaN;
	if (!Number.isNaN(time)) return time;
	throw new IgwhError(
		"usage",
		`--since ${typed} is no time`,
		"give 30m, 24h, 7d, 2w, or a date such as 2026-11-01",
	);
}
