import type { Config } from "../../../config/config.ts";
import { sandboxControl } from "../../../sandbox/ask-sandbox.ts";
import type { ControlOperation } from "../../../sandbox/control.ts";
import type { GateState } from "../../../sandbox/delivery/gate.ts";
import type { World } from "../../../world.ts";
import type { GateRecord } from "./records.ts";

/** Shows every gate of the running sandbox. */
export async function* run(
	_input: object,
	config: Config,
	world: World,
): AsyncGenerator<GateRecord> {
	const ask = await sandboxControl(config, world);
	yield* gateRecords(await ask("gates"));
}

/** Opens or closes gates; shows them all. */
export async function* moveGates(
	operation: Extract<ControlOperation, "open" | "close">,
	gates: readonly string[],
	{ config, world }: { config: Config; world: World },
): AsyncGenerator<GateRecord> {
	const ask = await sandboxControl(config, world);
	yield* gateRecords(await ask(operation, { gates }));
}

function* gateRecords(answer: Record<string, unknown>): Generator<GateRecord> {
	for (const gate of answer.gates as GateState[])
		yield { type: "gate", ...gate };
}
