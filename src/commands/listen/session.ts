import type { RecordQueue } from "../../record-queue.ts";
import type { World } from "../../world.ts";
import { type GoalInput, listenGoal } from "./goal.ts";
import type { ListenRecord } from "./records.ts";

export interface Session {
	/** Yields records until one that is wanted, or until the end. */
	until(
		wanted: (record: ListenRecord) => boolean,
	): AsyncGenerator<ListenRecord>;
	untilDone(): AsyncGenerator<ListenRecord>;
	over(): boolean;
	end(): "reached" | "late" | "quit" | "interrupted" | undefined;
	/** Ends it because the person has seen enough. */
	quit(): void;
	/** @throws IgwhError `check` */
	checkInTime(): void;
	close(): void;
}

/** How long to listen, and for what: the time counts from the first read. */
export function listenSession(
	input: GoalInput,
	records: RecordQueue<ListenRecord>,
	{ clock, interrupt }: World,
): Session {
	const goal = listenGoal(input);
	const over = new AbortController();
	const until = AbortSignal.any([interrupt, over.signal]);
	let end: ReturnType<Session["end"]>;
	let timing = false;
	const startTime = () => {
		if (timing || input.timeout === undefined) return;
		timing = true;
		void clock.sleep(input.timeout, over.signal).then(() => {
			if (over.signal.aborted) return;
			end ??= interrupt.aborted ? "interrupted" : "late";
			over.abort();
		});
	};
	async function* read(
		wanted: (record: ListenRecord) => boolean,
	): AsyncGenerator<ListenRecord> {
		if (end) return;
		startTime();
		for await (const record of records.read(until)) {
			yield record;
			if (goal.reachedWith(record)) {
				end ??= "reached";
				over.abort();
				return;
			}
			if (wanted(record)) return;
		}
		end ??= "interrupted";
		over.abort();
	}
	return {
		until: read,
		untilDone: () => read(() => false),
		over: () => end !== undefined,
		end: () => end,
		quit: () => {
			end ??= "quit";
			over.abort();
		},
		checkInTime: goal.checkInTime,
		close: () => over.abort(),
	};
}
