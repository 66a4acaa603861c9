/** Seconds since a time; nothing where it is none. */
export function age(
	written: string | number | undefined,
	now: number,
): number | undefined {
	const time =
		typeof written === "string"
			? // Graph writes +0000 without the colon that ISO 8601 wants.
				Date.parse(written.replace(/([+-]\d{2})(\d{2})$/, "$1:$2"))
			: (written ?? Number.NaN);
	return Number.isNaN(time)
		? undefined
		: Math.max(0, Math.floor((now - time) / 1000));
}
