/** A stdout whose reader may stop reading: prints wait until it reads again. */
export interface Stdout {
	print(line: string): Promise<void>;
	/** The reader reads nothing more. */
	block(): void;
	/** The reader goes on, and gets what waits. */
	drain(): void;
	/** How many lines wait to be read. */
	waiting(): number;
}

/** @param readsLines how many lines its reader takes before it blocks */
export function createStdout(
	read: string[],
	readsLines = Number.POSITIVE_INFINITY,
): Stdout {
	let takes = readsLines;
	let waiting: { line: string; resolve(): void }[] = [];
	return {
		async print(line) {
			if (read.length < takes) read.push(line);
			else
				await new Promise<void>((resolve) => waiting.push({ line, resolve }));
		},
		block: () => {
			takes = 0;
		},
		drain: () => {
			takes = Number.POSITIVE_INFINITY;
			for (const { line, resolve } of waiting) {
				read.push(line);
				resolve();
			}
			waiting = [];
		},
		waiting: () => waiting.length,
	};
}
