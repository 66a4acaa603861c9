import type { Config } from "../config/config.ts";
import type { Overrides } from "../store/overrides.ts";
import type { World } from "../world.ts";

export interface CallbackContext {
	overrides: Overrides;
	config: Config;
	world: World;
}
