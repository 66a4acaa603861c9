import type { AnyRecord } from "../../cli/record.ts";
import type { Config } from "../../config/config.ts";
import { IgwhError } from "../../igwh-error.ts";
import type { World } from "../../world.ts";
import type {
	DemoSummaryRecord,
	StepEndRecord,
	StepRecord,
} from "./records.ts";
import { openStage, type Stage } from "./stage.ts";
import { steps } from "./steps.ts";

export type DemoRecord =
	| StepRecord
	| StepEndRecord
	| DemoSummaryRecord
	| AnyRecord;

/**
 * The whole loop on this machine: a sandbox in Meta's place, a real receiver, a
 * handshake, five deliveries, two mentions read and answered, a replay and a
 * forgery. Every step is the command a person would type.
 */
export async function* run(
	_input: object,
	_config: Config,
	world: World,
): AsyncGenerator<DemoRecord> {
	const stage = await openStage(world);
	try {
		yield* perform(stage, programName(world));
	} finally {
		await stage.close();
	}
}

/** In a clone, and in a project that has igwh, only npx finds it. */
function programName({ env }: World): string {
	return env.npm_command === "exec" ? "npx igwh" : "igwh";
}

async function* perform(
	stage: Stage,
	program: string,
): AsyncGenerator<DemoRecord> {
	for (const [index, step] of steps.entries()) {
		const number = index + 1;
		const { title } = step;
		const command = `${program} ${step.command(stage)}`;
		yield { type: "step", number, title, command };
		const records: AnyRecord[] = [];
		for await (const record of step.run(stage)) {
			records.push(record);
			yield record;
		}
		const problem = step.problem(records, stage);
		const ok = problem === undefined;
		yield { type: "step-end", number, ok, ...(problem && { problem }) };
		if (!ok)
			throw new IgwhError(
				"check",
				`step ${number}, ${title.toLowerCase()}: ${problem}`,
				"run it again with --json, and report what it prints",
			);
	}
	const count = steps.length;
	yield { type: "summary", steps: count, ok: count, failed: 0, program };
}
