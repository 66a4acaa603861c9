import type { Clock } from "../../src/world.ts";

/** How many turns of the event loop pass before nothing more is expected to happen. */
const quietTurns = 25;

/**
 * A clock whose time passes only while nothing else happens: the sleeper due
 * first wakes once the program has come to rest.
 */
export function createMemoryClock(start: number): Clock {
	let now = start;
	let running = false;
	let sleepers: { due: number; wake(): void }[] = [];

	async function pass() {
		running = true;
		while (sleepers.length > 0) {
			for (let turn = 0; turn < quietTurns; turn++)
				await new Promise(setImmediate);
			sleepers.sort((a, b) => a.due - b.due);
			const first = sleepers.shift();
			if (!first) break;
			now = Math.max(now, first.due);
			first.wake();
		}
		running = false;
	}

	return {
		now: () => now,
		elapsed: () => now,
		sleep: (milliseconds, signal) =>
			new Promise((resolve) => {
				const sleeper = { due: now + milliseconds, wake: resolve };
				if (signal?.aborted) return resolve();
				signal?.addEventListener("abort", () => {
					sleepers = sleepers.filter((other) => other !== sleeper);
					resolve();
				});
				sleepers.push(sleeper);
				if (!running) pass();
			}),
	};
}
