import type { Config } from "../../config/config.ts";
import { type SecretFrom, signingSecret } from "../../config/signing-secret.ts";
import { IgwhError } from "../../igwh-error.ts";
import { openStore } from "../../store/store.ts";
import type { World } from "../../world.ts";
import { type ExpectedStatus, expectedStatus } from "./expected-status.ts";
import {
	type Outgoing,
	type Preparation,
	prepareDelivery,
} from "./prepare-delivery.ts";
import type { ReplayRecord, ReplaySummaryRecord } from "./records.ts";
import { runningListener } from "./running-listener.ts";
import { type Job, type Pace, sendAll } from "./send-all.ts";
import { sendDelivery } from "./send-delivery.ts";
import { readSources } from "./sources.ts";
import { createTally, type Tally } from "./tally.ts";

export interface ReplayInput extends Preparation {
	sources: readonly string[];
	to: string | undefined;
	secretFrom: SecretFrom | undefined;
	expect: ExpectedStatus;
	/** How many times each is sent. */
	repeat: number;
	/** At once; 0 is one, or what the rate needs. */
	concurrency: number;
	/** A second; 0 is as fast as it goes. */
	rate: number;
	shuffle: boolean;
	duplicate: boolean;
	/** Milliseconds the body takes. */
	slow: number;
	likeMeta: boolean;
	retrySpeed: number;
}

/** What a replay is when nothing is said. */
export const plainReplay: ReplayInput = {
	sources: [],
	to: undefined,
	secretFrom: undefined,
	expect: expectedStatus.read("2xx"),
	encoding: undefined,
	set: [],
	unset: [],
	edit: false,
	now: false,
	newIds: false,
	batch: 0,
	resign: false,
	sign: undefined,
	tamper: undefined,
	repeat: 1,
	concurrency: 0,
	rate: 0,
	shuffle: false,
	duplicate: false,
	slow: 0,
	likeMeta: false,
	retrySpeed: 3600,
};

/** Sends payloads as Meta would: its encoding, its headers, its signatures. */
export async function* run(
	input: ReplayInput,
	config: Config,
	world: World,
): AsyncGenerator<ReplayRecord | ReplaySummaryRecord> {
	const store = await openStore(config, world);
	try {
		const raw = input.encoding === "raw";
		const sources = await readSources(input.sources, raw, { store, world });
		const to =
			input.to === undefined ? await runningListener(store, world) : input.to;
		const secret = await signingSecret(input.secretFrom, config);
		const makers: Maker[] = [];
		for (const source of sources)
			makers.push({
				name: source.name,
				make: await prepareDelivery(source, input, { secret, world }),
			});
		const tally = createTally(world.clock);
		const { jobs, count } = schedule(makers, input, world);
		const send = (job: Job, emit: (record: ReplayRecord) => void) =>
			sendDelivery(job, { to, expected: input.expect, input, world, emit });
		for await (const record of sendAll(jobs, {
			send,
			pace: paceOf(input),
			world,
		}))
			yield numbered(record, { tally, count, world });
		world.terminal.progress("");
		yield tally.summary();
		if (!world.interrupt.aborted) checkAll(tally, to, input.expect.text);
	} finally {
		store.close();
	}
}

interface Maker {
	name: string;
	make(): Outgoing;
}

/** Every delivery in its order, made when its turn comes. */
function schedule(
	makers: readonly Maker[],
	{ repeat, duplicate, shuffle }: ReplayInput,
	world: World,
): { jobs: Iterable<Job>; count: number } {
	const count = makers.length * repeat * (duplicate ? 2 : 1);
	const inOrder = deliveries(makers, repeat, duplicate);
	return { count, jobs: shuffle ? shuffled([...inOrder], world) : inOrder };
}

function* deliveries(
	makers: readonly Maker[],
	repeat: number,
	duplicate: boolean,
): Generator<Job> {
	for (let round = 0; round < repeat; round++)
		for (const { name, make } of makers) {
			if (!duplicate) yield { name, make };
			else {
				// The same bytes twice, as when Meta did not get the first answer.
				let made: Outgoing | undefined;
				const same = () => {
					made ??= make();
					return made;
				};
				yield { name, make: same };
				yield { name, make: same };
			}
		}
}

/** Fisher and Yates, each order as likely. */
function shuffled(jobs: Job[], { randomBytes }: World): Job[] {
	for (let last = jobs.length - 1; last > 0; last--) {
		const drawn = Buffer.from(randomBytes(6)).readUIntBE(0, 6) % (last + 1);
		[jobs[last], jobs[drawn]] = [jobs[drawn] as Job, jobs[last] as Job];
	}
	return jobs;
}

/** A rate needs room: slow answers must not hold it up. */
function paceOf({ concurrency, rate }: ReplayInput): Pace {
	return { concurrency: concurrency || (rate > 0 ? 100 : 1), rate };
}

/** A run of so many is shown as a bar and its failures. */
const longRun = 20;
const barWidth = 30;

function numbered(
	record: ReplayRecord,
	{ tally, count, world }: { tally: Tally; count: number; world: World },
): ReplayRecord {
	const { number, failure } = tally.add(record);
	if (count > longRun && (number % 50 === 0 || number < 50)) {
		const done = Math.floor((number / count) * barWidth);
		const bar = "█".repeat(done).padEnd(barWidth, "░");
		world.terminal.progress(
			`${bar} ${number}/${count}  ${tally.failed} failed`,
		);
	}
	if (count === 1) return record;
	record.number = number;
	record.of = count;
	if (failure !== undefined) record.failure = failure;
	return record;
}

function checkAll(tally: Tally, to: string, expect: string): void {
	const { sent, failed, unreachable, firstHint } = tally;
	if (failed === 0) return;
	if (unreachable === sent)
		throw new IgwhError(
			"network",
			`nothing reached ${to}: ${firstHint}`,
			"start a receiver with: igwh listen — or name yours with --to",
		);
	throw new IgwhError(
		"check",
		`${failed} of ${sent} deliveries were not answered ${expect}`,
		firstHint ?? "look at the receiver's log",
	);
}
