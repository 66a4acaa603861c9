import type { Clock } from "../world.ts";

/** Work that only people see, done beside deliveries that come. */
export interface BackgroundQueue<T> {
	/** Puts an item in line. */
	push(item: T): void;
	/** Resolves once the line is short enough for more. */
	room(): Promise<void>;
	/** Resolves once nothing is in line. */
	settled(): Promise<void>;
	/** Forgets what is in line; returns how many. */
	clear(): number;
}

/** How many items are worked on at once. */
const batchSize = 32;

/** As many that come meanwhile are a burst. */
const burst = 16;

/** How long deliveries have for themselves in a burst, in milliseconds. */
const pause = 50;

/**
 * Does the work in order, a few items at a time: at once where there is time,
 * with pauses in a burst, so that Meta's answers do not wait for it. Where `max`
 * are in line it pauses no more.
 */
export function backgroundQueue<T extends object>(
	work: (items: readonly T[]) => Promise<void>,
	clock: Pick<Clock, "sleep">,
	max: number,
): BackgroundQueue<T> {
	const line = new Set<T>();
	let came = 0;
	let running: Promise<void> | undefined;
	let waiting: (() => void)[] = [];

	const run = async () => {
		while (line.size > 0) {
			await new Promise(setImmediate);
			if (came >= burst && line.size < max) await clock.sleep(pause);
			came = 0;
			await work(next());
			if (line.size < max) makeRoom();
		}
		running = undefined;
	};

	const next = () => {
		const items: T[] = [];
		for (const item of line) {
			if (items.length === batchSize) break;
			items.push(item);
			line.delete(item);
		}
		return items;
	};

	const makeRoom = () => {
		for (const resolve of waiting) resolve();
		waiting = [];
	};

	return {
		push: (item) => {
			line.add(item);
			came++;
			running ??= run();
		},
		room: async () => {
			if (line.size >= max)
				await new Promise<void>((resolve) => waiting.push(resolve));
		},
		settled: async () => {
			await running;
		},
		clear: () => {
			const { size } = line;
			line.clear();
			return size;
		},
	};
}
