import { type Handler, splitTarget } from "../http.ts";
import { loopbackGuard } from "../loopback-guard.ts";
import { controlEdge, controlPath } from "./api/control-edge.ts";
import { graphApi } from "./api/graph-api.ts";
import type { Sandbox, SandboxWorld } from "./context.ts";
import { closeGate } from "./delivery/gates.ts";
import type { SandboxLog } from "./log.ts";
import { seedWorld } from "./simulation/seed.ts";
import type { SandboxState } from "./simulation/state.ts";

export interface SandboxOptions {
	/** What the waits between two attempts of a delivery are multiplied by; 1 where left out. */
	retryScale?: number;
	/** Ids of delivery gates to close from the start. */
	closedGates?: readonly string[];
	/** Callbacks that are not on this machine, over https; private addresses never. */
	allowPublicCallbacks?: boolean;
	log?: (entry: SandboxLog) => void;
}

export interface RunningSandbox {
	/**
	 * Serves the Graph API, and `/sandbox/…` for igwh itself, to programs on this
	 * machine: its credentials are public. Never throws.
	 */
	handler: Handler;
	state: SandboxState;
	/** Ends what runs in the background: retries and deliveries. */
	close(): void;
}

/**
 * A Graph API of its own, with the world of Meta's documents in it. Its
 * credentials are public: whoever reaches its port may do everything. What holds
 * - pages of other sites: the guard (test/loopback-guard.test.ts)
 * - handshakes and deliveries that read or change something elsewhere: callbacks
 *   on this machine only; with `allowPublicCallbacks` on the internet, but not in
 *   its networks (test/sandbox/api/edges/app-subscriptions.test.ts)
 * - text that is not for terminals: cleaned where it is shown (test/cli/safe-text.test.ts)
 *
 * Programs on this machine are not held: there is nothing of anyone's in it.
 * @throws IgwhError for an unknown gate
 */
export function createSandbox(
	world: SandboxWorld,
	{
		retryScale = 1,
		closedGates = [],
		allowPublicCallbacks = false,
		log = () => {},
	}: SandboxOptions = {},
): RunningSandbox {
	const state = seedWorld(world.clock.now());
	for (const gate of closedGates) closeGate(state, gate);
	const closing = new AbortController();
	const sandbox: Sandbox = {
		world,
		state,
		log,
		retryScale,
		allowPublicCallbacks,
		closed: closing.signal,
	};
	return {
		handler: loopbackGuard(routes(sandbox)),
		state,
		close: () => closing.abort(),
	};
}

/** Of the control edge the log tells what came of it, not that it was asked. */
function routes(sandbox: Sandbox): Handler {
	const graph = logged(graphApi(sandbox), sandbox.log);
	const control = controlEdge(sandbox);
	return (request) =>
		(request.target.startsWith(controlPath) ? control : graph)(request);
}

/** Without the query: it carries tokens. */
function logged(handler: Handler, log: (entry: SandboxLog) => void): Handler {
	return async (request) => {
		const response = await handler(request);
		const { path } = splitTarget(request.target);
		log({
			type: "request",
			method: request.method,
			path,
			status: response.status,
		});
		return response;
	};
}
