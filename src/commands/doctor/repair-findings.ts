import type { Facts } from "../../checks/live/facts.ts";
import type { LiveFinding } from "../../checks/live/live-check.ts";
import { callRecord } from "../../graph/call-record.ts";
import { asIgwhError } from "../../igwh-error.ts";
import type { World } from "../../world.ts";
import type { DoctorRecord, RepairRecord } from "./records.ts";

/** Offers the call that repairs each finding, in order; makes those that are agreed to. */
export async function* repairFindings(
	findings: readonly LiveFinding[],
	facts: Facts,
	{ prompts, terminal }: Pick<World, "prompts" | "terminal">,
): AsyncGenerator<DoctorRecord> {
	const repairable = findings.filter(
		({ check, judgement }) =>
			check.repair && ["fail", "warn"].includes(judgement.status),
	);
	if (repairable.length === 0)
		terminal.note("there is nothing that one call can repair");
	for (const { check, judgement } of repairable) {
		const repair = await check.repair?.(facts);
		if (!repair) continue;
		terminal.note(`${check.id}: ${judgement.detail}`);
		yield callRecord(repair.call, facts.config);
		if (!(await prompts.confirm("Make this call?"))) continue;
		yield await attempt(check.id, repair.make);
	}
}

async function attempt(
	id: string,
	make: () => Promise<unknown>,
): Promise<RepairRecord> {
	try {
		await make();
		return { type: "repair", id, done: true };
	} catch (thrown) {
		const { code, message } = asIgwhError(thrown);
		if (code === "bug" || code === "interrupted") throw thrown;
		return { type: "repair", id, done: false, reason: message };
	}
}
