import { createRecordQueue } from "../../record-queue.ts";
import type { World } from "../../world.ts";
import type { Outgoing } from "./prepare-delivery.ts";
import type { ReplayRecord } from "./records.ts";

/** One delivery to send. */
export interface Job {
	name: string;
	make(): Outgoing;
	/** The stored delivery it is, and the app it is for. */
	missed?: { id: string; url: string };
}

export interface Pace {
	/** The most requests at a time. */
	concurrency: number;
	/** Requests per second; 0 is as many as possible. */
	rate: number;
}

interface SendOptions {
	send(job: Job, emit: (record: ReplayRecord) => void): Promise<void>;
	pace: Pace;
	world: Pick<World, "clock" | "interrupt">;
}

/** Sends the deliveries, several at a time, and yields a record for each answer. */
export async function* sendAll(
	jobs: Iterable<Job>,
	{ send, pace, world }: SendOptions,
): AsyncGenerator<ReplayRecord> {
	const records = createRecordQueue<ReplayRecord>();
	const over = new AbortController();
	const stopped = AbortSignal.any([over.signal, world.interrupt]);
	const next = inTurn(jobs, pace, world);
	const work = async () => {
		for (;;) {
			await records.room();
			const turn = next();
			const job = turn instanceof Promise ? await turn : turn;
			if (!job || stopped.aborted) return;
			await send(job, records.push);
		}
	};
	const workers = Promise.all(Array.from({ length: pace.concurrency }, work));
	workers.catch(() => {}).finally(() => over.abort());
	try {
		yield* records.read(over.signal);
		await workers;
	} finally {
		over.abort();
	}
}

/** Hands the jobs out one by one, none before its time: one worker waits, the others queue behind it. */
function inTurn(
	jobs: Iterable<Job>,
	{ rate }: Pace,
	{ clock, interrupt }: SendOptions["world"],
) {
	const iterator = jobs[Symbol.iterator]();
	const startedAt = clock.elapsed();
	let handedOut = 0;
	let before = Promise.resolve();
	const due = () => {
		const wait = startedAt + (handedOut++ * 1000) / rate - clock.elapsed();
		return wait > 0 ? clock.sleep(wait, interrupt) : undefined;
	};
	return (): Job | undefined | Promise<Job> => {
		const { done, value } = iterator.next();
		if (done) return undefined;
		if (rate === 0) return value;
		before = before.then(due);
		return before.then(() => value);
	};
}
