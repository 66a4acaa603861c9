/** A time as Graph's nodes show it: `2018-03-20T00:05:29+0000`. */
export function graphTime(milliseconds: number): string {
	return `${new Date(milliseconds).toISOString().slice(0, 19)}+0000`;
}

/** A time as Graph's token errors show it: `Sunday, 03-May-26 10:00:00 PDT`. */
export function pacificTime(milliseconds: number): string {
	// Made here, not at the top: it costs every start of igwh some 10 ms.
	const pacific = new Intl.DateTimeFormat("en-US", {
		timeZone: "America/Los_Angeles",
		weekday: "long",
		day: "2-digit",
		month: "short",
		year: "2-digit",
		hour: "2-digit",
		minute: "2-digit",
		second: "2-digit",
		hourCycle: "h23",
		timeZoneName: "short",
	});
	const parts = Object.fromEntries(
		pacific
			.formatToParts(milliseconds)
			.map(({ type, value }) => [type, value] as const),
	);
	const { weekday, day, month, year, timeZoneName } = parts;
	const time = `${parts.hour}:${parts.minute}:${parts.second}`;
	return `${weekday}, ${day}-${month}-${year} ${time} ${timeZoneName}`;
}

/** Unix seconds, as Graph's token records and deliveries count. */
export function unixSeconds(milliseconds: number): number {
	return Math.floor(milliseconds / 1000);
}
