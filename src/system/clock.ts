import { setTimeout as timer } from "node:timers/promises";
import type { Clock } from "../world.ts";

export const systemClock: Clock = {
	now: Date.now,
	elapsed: () => performance.now(),
	sleep: async (milliseconds, signal) => {
		const end = performance.now() + milliseconds;
		for (let left = milliseconds; !signal?.aborted; ) {
			await timer(Math.min(left, longestTimerMs), undefined, { signal }).catch(
				() => {},
			);
			left = end - performance.now();
			if (left <= 0) return;
		}
	},
};

/** A longer timer of Node's fires at once. */
const longestTimerMs = 2 ** 31 - 1;
