import { readDuration } from "./read-duration.ts";
import { readTimeBound, type TimeBound } from "./read-time-bound.ts";
import { type Reader, Unreadable } from "./reader.ts";

/** A duration such as `30s`, in milliseconds. */
export const duration: Reader<number> = {
	example: "30s",
	read: (text) => {
		const milliseconds = readDuration(text);
		if (milliseconds !== undefined) return milliseconds;
		throw new Unreadable("is not a duration", {
			give: "a number with ms, s, m, h, d or w, at most 100 years",
		});
	},
};

/** A point in time: a date, or how long ago. */
export const timeBound: Reader<TimeBound> = {
	example: "2h",
	read: (text) => {
		const bound = readTimeBound(text);
		if (bound !== undefined) return bound;
		throw new Unreadable("is neither a date nor a duration", {
			give: "a date such as 2026-11-21, or how long ago",
		});
	},
};
