import { wrongAddressOf } from "../../checks/wrong-address.ts";
import { type HttpResponse, headerValues } from "../../http.ts";
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
	/** The statuses that count as success. */
	expected: ExpectedStatus;
	input: { slow: number; likeMeta: boolean; retrySpeed: number };
	world: World;
	emit(record: ReplayRecord): void;
}

/** Longer than Meta waits, so that a slow answer is seen. */
const patienceMs = 30_000;

/**
 * Sends a delivery and emits its result; with `--like-meta` it is sent again after
 * a failure, for as long as Meta retries.
 * @returns the last result; none where Ctrl-C ended it
 */
export async function sendDelivery(
	job: Job,
	sending: Sending,
): Promise<ReplayRecord | undefined> {
	const { input, world, emit } = sending;
	const outgoing = job.make();
	const to = job.missed?.url ?? sending.to;
	const waits = input.likeMeta ? retryWaits : [];
	for (let attempt = 1; ; attempt++) {
		const record = await sendOnce(outgoing, {
			...sending,
			source: job.name,
			to,
		});
		// Ended by Ctrl-C, not by the receiver.
		if (world.interrupt.aborted && record.status === 0) return undefined;
		const wait = waits[attempt - 1];
		const over = isSuccess(record.status) || wait === undefined;
		const retryInMs = over ? undefined : Math.round(wait / input.retrySpeed);
		if (input.likeMeta) record.attempt = attempt;
		if (retryInMs !== undefined)
			Object.assign(record, { ok: false, retryInMs });
		emit(record);
		if (retryInMs === undefined) return record;
		await world.clock.sleep(retryInMs, world.interrupt);
		if (world.interrupt.aborted) return record;
	}
}

async function sendOnce(
	outgoing: Outgoing,
	sending: Sending & { source: string },
): Promise<ReplayRecord> {
	const { source, to, expected, world } = sending;
	const startedAt = world.clock.elapsed();
	const { status, explain } = await answerTo(outgoing, sending);
	const ms = Math.round((world.clock.elapsed() - startedAt) * 10) / 10;
	const ok = expected.includes(status);
	const { body, headers } = outgoing;
	const [signature = ""] = headerValues(headers, "x-hub-signature-256");
	const bytes = body.length;
	const record = { source, to, status, ms, bytes, signature, ok };
	const hint = explain(ok);
	return hint === undefined
		? { type: "replay", ...record }
		: { type: "replay", ...record, hint };
}

interface ReplayAnswer {
	/** 0 where there was none. */
	status: number;
	/** What a person should know about it. */
	explain(ok: boolean): string | undefined;
}

async function answerTo(
	{ body, headers }: Outgoing,
	{ to, input, world: { network, interrupt } }: Sending,
): Promise<ReplayAnswer> {
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
		return {
			status: response.status,
			explain: (ok) => explainResponse(to, response, ok),
		};
	} catch (error) {
		if (!(error instanceof UnreachableError)) throw error;
		return { status: 0, explain: () => error.message };
	}
}

/** A wrong address first: its answers, good or bad, are not those of the app. */
function explainResponse(
	to: string,
	response: HttpResponse,
	ok: boolean,
): string | undefined {
	const { status, headers, body } = response;
	if (ok && body.length === 0) return undefined;
	const text = responseText(response);
	const wrong = wrongAddressOf(to, { status, headers, text });
	if (wrong) return `${wrong.text}; ${wrong.fix.text}`;
	if (ok) return undefined;
	return explainAnswer(status, text) ?? "the receiver accepted it";
}
