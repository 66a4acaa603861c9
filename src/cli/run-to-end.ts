import { interrupted } from "../igwh-error.ts";
import { OutputClosedError, type World } from "../world.ts";
import type { AnyRecord } from "./record.ts";

export interface RunOptions {
	/** Shows a record; where it fails the run ends. */
	show(record: AnyRecord): Promise<void>;
	/** Ends the run: aborts the interrupt signal of its world. */
	ending: AbortController;
	/** How long the run may take to end, once it is asked to. */
	drainMs: number;
	clock: World["clock"];
}

/**
 * Shows the records of a run until it ends, is interrupted, or cannot be shown:
 * whatever ends it, it may first restore what it changed, for `drainMs` at most.
 * @throws what ended it, where that was not itself
 */
export async function runToEnd(
	records: AsyncIterable<AnyRecord>,
	{ show, ending, drainMs, clock }: RunOptions,
): Promise<void> {
	const iterator = records[Symbol.asyncIterator]();
	const bound = drainLimit(ending.signal, drainMs, clock);
	try {
		let next = await bound.wait(iterator.next());
		while (next !== late && !next.done) {
			await show(next.value);
			next = await bound.wait(iterator.next());
		}
	} catch (error) {
		ending.abort(error);
		await windUp(iterator, bound.wait, show);
		throw error;
	} finally {
		bound.end();
	}
	if (ending.signal.aborted) throw whatEnded(ending.signal);
}

/**
 * Lets the run end in order, and shows its last records.
 * @throws what fails then, unless it is the output
 */
async function windUp(
	iterator: AsyncIterator<AnyRecord>,
	wait: DrainLimit["wait"],
	show: RunOptions["show"],
): Promise<void> {
	let next = await wait(iterator.return?.() ?? ended);
	while (next !== late && !next.done) {
		await show(next.value).catch(ignoreClosed);
		next = await wait(iterator.next());
	}
}

const ended = Promise.resolve({ done: true, value: undefined } as const);
const late = Symbol("late");

function ignoreClosed(error: unknown): void {
	if (!(error instanceof OutputClosedError)) throw error;
}

interface DrainLimit {
	wait<T>(work: Promise<T>): Promise<T | typeof late>;
	end(): void;
}

/** Waits without a limit until the signal aborts, and up to the limit from then on. */
function drainLimit(
	signal: AbortSignal,
	milliseconds: number,
	clock: World["clock"],
): DrainLimit {
	// One waiter at a time: a race with the limit for each of a million records
	// would keep all of them in memory.
	let giveUp = () => {};
	let isOver = false;
	const done = new AbortController();
	const start = async () => {
		await clock.sleep(milliseconds, done.signal);
		isOver = true;
		giveUp();
	};
	if (signal.aborted) void start();
	else signal.addEventListener("abort", start, { once: true });
	return {
		wait: (work) =>
			new Promise((resolve, reject) => {
				giveUp = () => resolve(late);
				if (isOver) giveUp();
				work.then(resolve, reject);
			}),
		end: () => {
			signal.removeEventListener("abort", start);
			done.abort();
		},
	};
}

/** A signal aborts without a reason of its own. */
export function whatEnded({ reason }: AbortSignal): unknown {
	return reason instanceof DOMException && reason.name === "AbortError"
		? interrupted()
		: reason;
}
