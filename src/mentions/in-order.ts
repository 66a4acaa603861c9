/** Works on several items at once, and gives the results in the items' order. */
export async function* inOrder<T, R>(
	items: readonly T[],
	width: number,
	work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
	const ahead: Promise<R>[] = [];
	let next = 0;
	const start = () => {
		for (; ahead.length < width && next < items.length; next++) {
			const result = work(items[next] as T);
			// Its failure is told when its turn comes, and is nobody's before.
			result.catch(() => {});
			ahead.push(result);
		}
	};
	for (start(); ahead.length > 0; start())
		yield await (ahead.shift() as Promise<R>);
}
