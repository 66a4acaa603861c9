const units = {
	ms: 1,
	s: 1000,
	m: 60_000,
	h: 3_600_000,
	d: 86_400_000,
	w: 7 * 86_400_000,
};

/** A hundred years: a longer duration is a typing error, and a date cannot be much further away. */
const longest = 36_525 * units.d;

/** Reads `500ms`, `30s`, `5m`, `2h`, `30d`, `2w` as milliseconds; undefined for anything else. */
export function readDuration(text: string): number | undefined {
	const [, count, unit] = /^(\d{1,9})(ms|s|m|h|d|w)$/.exec(text) ?? [];
	if (unit === undefined) return undefined;
	const milliseconds = Number(count) * units[unit as keyof typeof units];
	return milliseconds <= longest ? milliseconds : undefined;
}
