import { liveDeliveries } from "../../checks/live/delivery-checks.ts";
import type { LiveFinding } from "../../checks/live/live-check.ts";
import { deliveryRow } from "../../delivery-id.ts";
import type { DoctorRecord } from "./records.ts";
import { checkRecord } from "./report-findings.ts";
import type { Diagnosis } from "./run.ts";

const everyMs = 60_000;

/**
 * Checks again every minute, and reports what has changed, until a live
 * delivery arrives.
 */
export async function* watchDeliveries(
	first: readonly LiveFinding[],
	{ run, facts, world }: Diagnosis,
): AsyncGenerator<DoctorRecord> {
	const { clock, interrupt, terminal } = world;
	const seen = newestRow(facts().deliveries);
	let before = first;
	terminal.note("checking every minute until a live delivery arrives");
	for (;;) {
		await clock.sleep(everyMs, interrupt);
		if (interrupt.aborted) return;
		const now = await run();
		yield* changed(before, now);
		before = now;
		const arrived = liveDeliveries(facts()).find(
			({ id }) => deliveryRow(id) > seen,
		);
		if (!arrived) continue;
		const fields = arrived.parsed.changes.map(({ field }) => field);
		return yield {
			type: "arrived",
			id: arrived.id,
			fields: [...new Set(fields)],
		};
	}
}

function newestRow(deliveries: readonly { id: string }[]): number {
	return Math.max(0, ...deliveries.map(({ id }) => deliveryRow(id)));
}

function changed(
	before: readonly LiveFinding[],
	now: readonly LiveFinding[],
): DoctorRecord[] {
	const statusOf = new Map(
		before.map(({ check, judgement }) => [check.id, judgement.status]),
	);
	return now
		.filter(
			({ check, judgement }) => statusOf.get(check.id) !== judgement.status,
		)
		.map(checkRecord);
}
