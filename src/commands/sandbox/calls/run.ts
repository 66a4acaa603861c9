import type { Config } from "../../../config/config.ts";
import { sandboxControl } from "../../../sandbox/ask-sandbox.ts";
import type { LoggedCall } from "../../../sandbox/log.ts";
import type { World } from "../../../world.ts";

/** Shows the calls that the sandbox remembers, oldest first. */
export async function* run(
	{ refused }: { refused: boolean },
	config: Config,
	world: World,
): AsyncGenerator<LoggedCall> {
	const ask = await sandboxControl(config, world);
	const { calls } = await ask("calls");
	for (const call of calls as LoggedCall[])
		if (!refused || call.error) yield call;
}
