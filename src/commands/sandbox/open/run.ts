import type { Config } from "../../../config/config.ts";
import type { World } from "../../../world.ts";
import { moveGates } from "../gates/run.ts";

/** Opens gates, and shows them all. */
export function run(
	{ gates }: { gates: readonly string[] },
	config: Config,
	world: World,
) {
	return moveGates("open", gates, { config, world });
}
