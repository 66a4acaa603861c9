import type { World } from "../world.ts";
import type { Disabling } from "./delivery/disabling-modes.ts";
import type { DeliveryExchange } from "./delivery/report.ts";
import type { Fault } from "./fault.ts";
import type { LoggedCall, SandboxLog } from "./log.ts";
import type { SandboxState } from "./simulation/state.ts";

export interface SandboxWorld extends Pick<World, "clock" | "randomBytes"> {
	network: Pick<World["network"], "send">;
}

/** A running sandbox, as its parts see it. */
export interface Sandbox {
	world: SandboxWorld;
	state: SandboxState;
	log(entry: SandboxLog): void;
	/** Keeps the bytes of an attempt to deliver, with the answer. */
	record(exchange: DeliveryExchange): void;
	/** The calls of the Graph API, oldest first; only the last ones. */
	calls: LoggedCall[];
	faults: Fault[];
	/** Deliveries fail as if nothing listened at the callback. */
	receiverDown: boolean;
	/** What the waits between two attempts of a delivery are multiplied by. */
	retryScale: number;
	allowPublicCallbacks: boolean;
	disabling: Disabling;
	/** Aborted when the sandbox closes. */
	closed: AbortSignal;
}
