interface Waiting<T, R> {
	value: T;
	resolve(result: R): void;
	reject(error: unknown): void;
}

/** How long a batch may grow, in turns of the event loop. */
const mostTurns = 8;

/**
 * Writes what arrives together in one transaction: a batch grows as long as
 * every turn of the event loop adds to it, because a commit to the disk costs far
 * more than a row.
 */
export function groupCommit<T, R>(
	write: (batch: readonly T[]) => readonly R[],
): (value: T) => Promise<R> {
	let waiting: Waiting<T, R>[] = [];
	const gather = (seen: number, turns: number) => {
		if (waiting.length > seen && turns < mostTurns) {
			const now = waiting.length;
			setImmediate(() => gather(now, turns + 1));
		} else commit();
	};
	const commit = () => {
		const batch = waiting;
		waiting = [];
		try {
			const results = write(batch.map(({ value }) => value));
			for (const [index, { resolve }] of batch.entries())
				resolve(results[index] as R);
		} catch (error) {
			for (const { reject } of batch) reject(error);
		}
	};
	return (value) =>
		new Promise((resolve, reject) => {
			waiting.push({ value, resolve, reject });
			if (waiting.length === 1) setImmediate(() => gather(1, 0));
		});
}
