import { headerValues } from "../../http.ts";
import { explainAnswer } from "../../receiver/explain-answer.ts";
import { responseText } from "../../response-text.ts";
import {
	deliveryTimeoutMs,
	isSuccess,
	retryWaits,
} from "../../webhook/meta-retries.ts";
import { UnreachableError, type World } from "../../world.ts";
import type { ExpectedStatus } from "./expected-status.ts";
import type { Outgoing } from "./prepare-delivery.ts";
import type { ReplayRecord } from "./records.ts";
import type { Job } from "./send-all.ts";

export interface Sending {
	to: string;
	/** The statuses that count as good. */
	expected: ExpectedStatus;
	input: { slow: number; likeMeta: boolean; retrySpeed: number };
	world: World;
	emit(record: ReplayRecord): void;
}

const patienceMs = 30_000;

/**
 * Sends a delivery and tells how it went; with `--like-meta` the same bytes
 * again and again, as long as Meta would.
 */
export async function sendDelivery(job: Job, sending: Sending): Promise<void> {
	const { input, world, emit } = sending;
	const outgoing = job.make();
	const waits = input.likeMeta ? retryWaits : [];
	for (let attempt = 1; ; attempt++) {
		const record = await sendOnce(job.name, outgoing, sending);
		// Cut off by Ctrl-C, not left without an answer.
		if (world.interrupt.aborted && record.status === 0) return;
		const wait = waits[attempt - 1];
		const over = isSuccess(record.status) || wait === undefined;
		const retryInMs = over ? undefined : Math.round(wait / input.retrySpeed);
		if (input.likeMeta) record.attempt = attempt;
		if (retryInMs !== undefined)
			Object.assign(record, { ok: false, retryInMs });
		emit(record);
		if (retryInMs === undefined) return;
		await world.clock.sleep(retryInMs, world.interrupt);
		if (world.interrupt.aborted) return;
	}
}

async function sendOnce(
	source: string,
	{ body, headers }: Outgoing,
	{ to, expected, input, world }: Sending,
): Promise<ReplayRecord> {
	const { clock, network, interrupt } = world;
	const startedAt = clock.elapsed();
	const record = (status: number, explain: () => string): ReplayRecord => {
		const ms = Math.round((clock.elapsed() - startedAt) * 10) / 10;
		const ok = expected.includes(status);
		const [signature = ""] = headerValues(headers, "x-hub-signature-256");
		const told: ReplayRecord = {
			type: "replay",
			source,
			to,
			status,
			ms,
			bytes: body.length,
			signature,
			ok,
		};
		if (!ok) told.hint = explain();
		return told;
	};
	try {
		const response = await network.send({
			method: "POST",
			url: to,
			headers,
			body,
			timeoutMs: (input.likeMeta ? deliveryTimeoutMs : patienceMs) + input.slow,
			signal: interrupt,
			...(input.slow > 0 && { bodyMs: input.slow }),
		});
		const { status } = response;
		return record(
			status,
			() =>
				explainAnswer(status, responseText(response)) ??
				"the receiver accepted it",
		);
	} catch (error) {
		if (!(error instanceof UnreachableError)) throw error;
		return record(0, () => error.message);
	}
}
