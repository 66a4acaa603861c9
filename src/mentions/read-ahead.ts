import { pMapIterable } from "p-map";

/** Calls to Meta at once: enough that a list appears quickly, and far below any rate limit. */
const concurrency = 4;

/** Reads several items at once, and yields what they say in the items' order. */
export function readAhead<T, R>(
	items: Iterable<T>,
	read: (item: T) => Promise<R>,
): AsyncIterable<R> {
	return pMapIterable(items, read, { concurrency });
}
