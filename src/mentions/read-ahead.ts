import { pMapIterable } from "p-map";

/** Calls to Meta at once: a list appears quickly, far below any rate limit. */
const concurrency = 4;

/** Reads several items at once, and yields the results in the order of the items. */
export function readAhead<T, R>(
	items: Iterable<T>,
	read: (item: T) => Promise<R>,
): AsyncIterable<R> {
	return pMapIterable(items, read, { concurrency });
}
