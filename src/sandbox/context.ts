import type { World } from "../world.ts";
import type { SandboxLog } from "./log.ts";
import type { SandboxState } from "./simulation/state.ts";

export type SandboxWorld = Pick<World, "clock" | "randomBytes" | "network">;

/** A running sandbox, as its parts see it. */
export interface Sandbox {
	world: SandboxWorld;
	state: SandboxState;
	log(entry: SandboxLog): void;
	/** What the waits between two attempts of a delivery are multiplied by. */
	retryScale: number;
	allowPublicCallbacks: boolean;
	/** Aborted when the sandbox closes. */
	closed: AbortSignal;
}
