import { readDuration } from "./read-duration.ts";
import { readTimeBound, type TimeBound } from "./read-time-bound.ts";
import { type Reader, Unreadable } from "./reader.ts";

/** A length of time such as `30s`, in milliseconds. */
export const duration: Reader<number> = {
	example: "30s",
	read: (text) => {
		const milliseconds = readDuration(text);
		if (milliseconds !== undefined) return milliseconds;
		throw new Unreadable("is not a length of time", {
			give: "a number and ms, s, m, h, d or w, 100 years at most",
		});
	},
};

/** A point in time: a date, or how long ago. */
export const timeBound: Reader<TimeBound> = {
	example: "2h",
	read: (text) => {
		const moment = readTimeBound(text);
		if (moment !== undefined) return moment;
		throw new Unreadable("is not a point in time", {
			give: "a date such as 2026-11-21, or how long ago",
		});
	},
};
