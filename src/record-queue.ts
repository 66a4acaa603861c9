/** Values pushed by callbacks, read one by one in order. */
export interface RecordQueue<T> {
	push(value: T): void;
	/** What is pushed until the signal aborts. */
	read(until: AbortSignal): AsyncGenerator<T>;
	/** What waits now. */
	rest(): T[];
	isEmpty(): boolean;
	/** Resolves once few enough wait: for callers that wait rather than drop. */
	room(): Promise<void>;
}

export interface RecordQueueOptions<T> {
	/** About how many bytes a value holds. */
	bytesOf?(value: T): number;
	/** New values are dropped while too many wait; called with their count at the next read. */
	dropped?(count: number): void;
}

/** How many values may wait to be read, and how many bytes. */
export const maxWaiting = 10_000;
export const maxWaitingBytes = 16 * 1024 * 1024;

export function createRecordQueue<T>({
	bytesOf = () => 0,
	dropped,
}: RecordQueueOptions<T> = {}): RecordQueue<T> {
	let waiting: T[] = [];
	let bytes = 0;
	let droppedCount = 0;
	let wake = () => {};
	const forRoom: (() => void)[] = [];
	const rest = () => {
		const taken = waiting;
		const missing = droppedCount;
		waiting = [];
		bytes = 0;
		droppedCount = 0;
		if (missing > 0) dropped?.(missing);
		for (const resolve of forRoom.splice(0)) resolve();
		return taken;
	};
	const isFull = () => waiting.length >= maxWaiting || bytes >= maxWaitingBytes;
	return {
		push(value) {
			if (dropped && isFull()) droppedCount++;
			else {
				waiting.push(value);
				bytes += bytesOf(value);
			}
			wake();
		},
		async *read(until) {
			until.addEventListener("abort", () => wake());
			while (!until.aborted) {
				// Not `yield*`, which takes three promises more for each value.
				for (const value of rest()) yield value;
				if (waiting.length > 0 || until.aborted) continue;
				await new Promise<void>((resolve) => {
					wake = resolve;
				});
			}
			yield* rest();
		},
		rest,
		isEmpty: () => waiting.length === 0,
		room: async () => {
			if (isFull()) await new Promise<void>((resolve) => forRoom.push(resolve));
		},
	};
}
