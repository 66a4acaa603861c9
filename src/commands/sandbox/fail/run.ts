import type { Config } from "../../../config/config.ts";
import { IgwhError } from "../../../igwh-error.ts";
import { sandboxControl } from "../../../sandbox/ask-sandbox.ts";
import type { Fault } from "../../../sandbox/fault.ts";
import type { World } from "../../../world.ts";
import { type FaultInput, faultOf } from "../fault-inputs.ts";
import type { FaultRecord } from "./records.ts";

interface FailInput extends Omit<FaultInput, "fail"> {
	error: string | undefined;
	clear: boolean;
}

/** Adds a fault to the running sandbox, or takes them all away; shows those that are left. */
export async function* run(
	{ error, clear, ...rest }: FailInput,
	config: Config,
	world: World,
): AsyncGenerator<FaultRecord> {
	const fault = faultOf({ ...rest, fail: error });
	if (clear === (fault !== undefined))
		throw new IgwhError(
			"usage",
			"it takes an error, --delay or --drop; or --clear",
			"see: igwh sandbox fail --help",
		);
	const ask = await sandboxControl(config, world);
	const { faults } = await (fault ? ask("fail", fault) : ask("heal"));
	for (const fault of faults as Fault[]) yield { type: "fault", ...fault };
}
