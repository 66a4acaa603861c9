import type { Config } from "../../config/config.ts";
import { type SecretFrom, signingSecret } from "../../config/signing-secret.ts";
import { IgwhError } from "../../igwh-error.ts";
import { type TimeBound, timeOf } from "../../readers/read-time-bound.ts";
import { openStore, type Store } from "../../store/store.ts";
import type { World } from "../../world.ts";
import { type ExpectedStatus, expectedStatus } from "./expected-status.ts";
import { missedDeliveries } from "./missed-deliveries.ts";
import {
	isSentAsReceived,
	type Outgoing,
	type Preparation,
	prepareDelivery,
} from "./prepare-delivery.ts";
import type { ReplayRecord, ReplaySummaryRecord } from "./records.ts";
import { runningListener } from "./running-listener.ts";
import { type Job, type Pace, sendAll } from "./send-all.ts";
import { type Sending, sendDelivery } from "./send-delivery.ts";
import { type ReplaySource, readSources } from "./sources.ts";
import { createTally, type Tally } from "./tally.ts";

export interface ReplayInput extends Preparation {
	sources: readonly string[];
	/** Instead of sources: the stored deliveries that an app did not accept. */
	failed: boolean;
	since: TimeBound | undefined;
	until: TimeBound | undefined;
	to: string | undefined;
	secretFrom: SecretFrom | undefined;
	expect: ExpectedStatus;
	/** How many times each is sent. */
	repeat: number;
	/** At a time; 0 is one, or as many as the rate needs. */
	concurrency: number;
	/** Per second; 0 is as fast as possible. */
	rate: number;
	shuffle: boolean;
	duplicate: boolean;
	/** Milliseconds over which the body is sent. */
	slow: number;
	likeMeta: boolean;
	retrySpeed: number;
}

/** The defaults. */
export const plainReplay: ReplayInput = {
	sources: [],
	failed: false,
	since: undefined,
	until: undefined,
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

/** @throws IgwhError `usage` where the inputs name two kinds of sources */
export function check({ sources, failed, since, until }: ReplayInput): void {
	if (failed && sources.length > 0)
		throw new IgwhError(
			"usage",
			`--failed selects stored deliveries, and ${sources[0]} names another source`,
			"leave one of them out",
		);
	if (!failed && (since ?? until))
		throw new IgwhError(
			"usage",
			"--since and --until need --failed",
			"send what an app missed with: igwh replay --failed --since 2h",
		);
}

/** Sends payloads as Meta would: in its encoding, with its headers and signatures. */
export async function* run(
	input: ReplayInput,
	config: Config,
	world: World,
): AsyncGenerator<ReplayRecord | ReplaySummaryRecord> {
	const store = await openStore(config, world);
	try {
		const sources = await sourcesOf(input, { store, config, world });
		const to =
			input.to ??
			sources[0]?.missed?.url ??
			(await runningListener(store, world));
		const secret = await signingSecret(input.secretFrom, config);
		const makers: Job[] = [];
		for (const source of sources)
			makers.push({
				name: source.name,
				make: await prepareDelivery(source, input, { secret, world }),
				...(source.missed && { missed: source.missed }),
			});
		const tally = createTally(world.clock);
		const { jobs, count } = schedule(makers, input, world);
		const send = (job: Job, emit: (record: ReplayRecord) => void) => {
			const sending: Sending = {
				to: job.missed?.url ?? to,
				expected: input.expect,
				input,
				world,
				emit,
			};
			return job.missed && isUnchanged(input)
				? sendMissed(job, sending, store)
				: sendDelivery(job, sending);
		};
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

async function sourcesOf(
	{ sources, failed, encoding, since, until, to }: ReplayInput,
	context: { store: Store; config: Config; world: World },
): Promise<ReplaySource[]> {
	if (!failed) return readSources(sources, encoding === "raw", context);
	const { store, world } = context;
	const now = world.clock.now();
	const missed = missedDeliveries(store, {
		since: since && timeOf(since, now),
		until: until && timeOf(until, now),
		to,
	});
	if (missed.length === 0)
		world.terminal.note(
			"no stored delivery is left that an app did not accept; igwh events lists all",
		);
	return missed;
}

/** The app gets what Meta sent. */
function isUnchanged(input: ReplayInput): boolean {
	return isSentAsReceived(input) && !input.tamper && !input.sign;
}

/** From now on `--failed` knows whether the app has accepted it. */
async function sendMissed(
	job: Job,
	sending: Sending,
	store: Store,
): Promise<void> {
	const last = await sendDelivery(job, sending);
	if (!last || !job.missed) return;
	const { to: url, status, ms, hint } = last;
	const forward = { url, status, ms, ...(hint !== undefined && { hint }) };
	await store.deliveries.addForwards(job.missed.id, [forward]);
}

/** All deliveries in their order, each made when its turn comes. */
function schedule(
	makers: readonly Job[],
	{ repeat, duplicate, shuffle }: ReplayInput,
	world: World,
): { jobs: Iterable<Job>; count: number } {
	const count = makers.length * repeat * (duplicate ? 2 : 1);
	const inOrder = deliveries(makers, repeat, duplicate);
	return { count, jobs: shuffle ? shuffled([...inOrder], world) : inOrder };
}

function* deliveries(
	makers: readonly Job[],
	repeat: number,
	duplicate: boolean,
): Generator<Job> {
	for (let round = 0; round < repeat; round++)
		for (const job of makers) {
			if (!duplicate) yield job;
			else {
				// The same bytes twice, as when Meta did not receive the first answer.
				let made: Outgoing | undefined;
				const same = () => {
					made ??= job.make();
					return made;
				};
				yield { ...job, make: same };
				yield { ...job, make: same };
			}
		}
}

/** A Fisher–Yates shuffle: every order is equally likely. */
function shuffled(jobs: Job[], { randomBytes }: World): Job[] {
	for (let last = jobs.length - 1; last > 0; last--) {
		const drawn = Buffer.from(randomBytes(6)).readUIntBE(0, 6) % (last + 1);
		[jobs[last], jobs[drawn]] = [jobs[drawn] as Job, jobs[last] as Job];
	}
	return jobs;
}

/** A rate needs more requests at a time: slow answers must not delay the next ones. */
function paceOf({ concurrency, rate }: ReplayInput): Pace {
	return { concurrency: concurrency || (rate > 0 ? 100 : 1), rate };
}

/** Longer runs are shown as a progress bar and their failures. */
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
			`no delivery reached ${to}`,
			"start a receiver with igwh listen, or name yours with --to",
		);
	throw new IgwhError(
		"check",
		`${failed} of ${sent} deliveries were not answered with ${expect}`,
		firstHint ?? "look at the receiver's log",
		{ shown: true },
	);
}
