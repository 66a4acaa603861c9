import { IgwhError } from "../../igwh-error.ts";
import type { AskSandbox } from "../../sandbox/ask-sandbox.ts";
import {
	playScenario,
	type ScenarioEvent,
} from "../../sandbox/simulation/play-scenario.ts";
import {
	readScenario,
	type Scenario,
} from "../../sandbox/simulation/scenario.ts";
import { scenarioNames } from "../../sandbox/simulation/scenario-names.ts";
import { scenarios } from "../../sandbox/simulation/scenarios.ts";
import { asRecord } from "../../webhook/delivery.ts";
import { isSuccess } from "../../webhook/meta-retries.ts";
import type { World } from "../../world.ts";
import type { StepRecord, TriggerRecord } from "./records.ts";

/** Plays a scenario; fails where a delivery did that the scenario does not hinder. */
export async function* playNamedScenario(
	{ name, speed }: { name: string; speed: number | undefined },
	ask: AskSandbox,
	{ clock, files, interrupt, terminal }: World,
): AsyncGenerator<TriggerRecord | StepRecord> {
	const scenario = await openScenario(name, files);
	terminal.note(`${name}: ${scenario.description}`);
	let failed = 0;
	for await (const event of playScenario(scenario, {
		ask,
		clock,
		speed: speed ?? scenario.speed ?? 1,
		interrupt,
	})) {
		const record = recordOf(event);
		yield record;
		if (record.type === "trigger" && !event.isHindered && !isTaken(record))
			failed++;
	}
	if (failed > 0)
		throw new IgwhError(
			"check",
			`${failed} deliveries of ${name} failed, or were stopped by a gate`,
			"see: igwh sandbox gates; or look at the receiver",
		);
}

async function openScenario(
	name: string,
	files: World["files"],
): Promise<Scenario> {
	const known = scenarioNames.find((known) => known === name);
	if (known) return scenarios[known];
	const text = await files.read(name);
	if (text !== undefined) return readScenario(text, name);
	throw new IgwhError(
		"input",
		`there is no scenario or file ${name}`,
		`the scenarios are: ${scenarioNames.join(", ")}`,
	);
}

function recordOf({ step, result }: ScenarioEvent): TriggerRecord | StepRecord {
	if (step.do === "trigger")
		return { type: "trigger", ...result } as unknown as TriggerRecord;
	const { do: name, ...input } = step;
	return {
		type: "step",
		step: name,
		input: "input" in input ? asRecord(input.input) : input,
	};
}

function isTaken({ delivery, deliveries }: TriggerRecord): boolean {
	return deliveries
		? deliveries.failed === 0
		: isSuccess(delivery?.status ?? 0);
}
