import type { Clock } from "../world.ts";

/** Work that Meta does not wait for, done in between deliveries. */
export interface BackgroundQueue<T> {
	/** Adds an item. */
	push(item: T): void;
	/** Resolves once the queue has room. */
	room(): Promise<void>;
	/** Resolves once the queue is empty. */
	settled(): Promise<void>;
	/** Removes what is queued; returns how many. */
	clear(): number;
}

/** How many items are worked on at once. */
const batchSize = 32;

/** This many that arrive during one batch are a burst. */
const burst = 16;

/** How long the work pauses in a burst, in milliseconds. */
const pause = 50;

/**
 * Does the work in order, a few items at a time: at once when idle, with pauses in
 * a burst, so that Meta's answers do not wait for it. A queue of `max` items is
 * worked on without pauses.
 */
export function backgroundQueue<T extends object>(
	work: (items: readonly T[]) => Promise<void>,
	clock: Pick<Clock, "sleep">,
	max: number,
): BackgroundQueue<T> {
	const queued = new Set<T>();
	let arrived = 0;
	let running: Promise<void> | undefined;
	let waiting: (() => void)[] = [];

	const run = async () => {
		while (queued.size > 0) {
			await new Promise(setImmediate);
			if (arrived >= burst && queued.size < max) await clock.sleep(pause);
			arrived = 0;
			await work(next());
			if (queued.size < max) makeRoom();
		}
		running = undefined;
	};

	const next = () => {
		const items: T[] = [];
		for (const item of queued) {
			if (items.length === batchSize) break;
			items.push(item);
			queued.delete(item);
		}
		return items;
	};

	const makeRoom = () => {
		for (const resolve of waiting) resolve();
		waiting = [];
	};

	return {
		push: (item) => {
			queued.add(item);
			arrived++;
			running ??= run();
		},
		room: async () => {
			if (queued.size >= max)
				await new Promise<void>((resolve) => waiting.push(resolve));
		},
		settled: async () => {
			await running;
		},
		clear: () => {
			const { size } = queued;
			queued.clear();
			return size;
		},
	};
}
