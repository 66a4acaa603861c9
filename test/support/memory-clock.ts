import { setMaxListeners } from "node:events";
import type { Clock } from "../../src/world.ts";

/** How many turns of the event loop pass before nothing more is expected to happen. */
const quietTurns = 25;

export interface MemoryClock extends Clock {
	/** Something happens: time stands still for as many turns again. */
	touch(): void;
}

/**
 * A clock whose time passes only while nothing else happens: the sleeper due
 * first wakes once the program has come to rest.
 */
export function createMemoryClock(start: number): MemoryClock {
	let now = start;
	let running = false;
	let turns = 0;
	const sleepers = new Set<{ due: number; wake(): void }>();

	async function pass() {
		running = true;
		while (sleepers.size > 0) {
			for (turns = 0; turns < quietTurns; turns++)
				await new Promise(setImmediate);
			const first = earliest(sleepers);
			if (!first) break;
			now = Math.max(now, first.due);
			first.wake();
		}
		running = false;
	}

	const touch = () => {
		turns = 0;
	};
	return {
		now: () => now,
		elapsed: () => now,
		touch,
		sleep: (milliseconds, signal) =>
			new Promise((resolve) => {
				if (signal?.aborted) return resolve();
				const wake = () => {
					touch();
					sleepers.delete(sleeper);
					signal?.removeEventListener("abort", wake);
					resolve();
				};
				const sleeper = { due: now + milliseconds, wake };
				touch();
				sleepers.add(sleeper);
				if (signal) setMaxListeners(0, signal);
				signal?.addEventListener("abort", wake);
				if (!running) void pass();
			}),
	};
}

/** Of several due at the same time, the one that fell asleep first. */
function earliest<T extends { due: number }>(
	sleepers: Iterable<T>,
): T | undefined {
	let first: T | undefined;
	for (const sleeper of sleepers)
		if (!first || sleeper.due < first.due) first = sleeper;
	return first;
}
