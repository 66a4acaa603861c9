/** Values from callbacks, read one by one; those not read yet wait in order. */
export interface Channel<T> {
	push(value: T): void;
	/** What is pushed until the signal aborts. */
	read(until: AbortSignal): AsyncGenerator<T>;
	/** What waits at this moment. */
	rest(): T[];
}

export function createChannel<T>(): Channel<T> {
	let waiting: T[] = [];
	let wake = () => {};
	const rest = () => {
		const taken = waiting;
		waiting = [];
		return taken;
	};
	return {
		push(value) {
			waiting.push(value);
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
	};
}
