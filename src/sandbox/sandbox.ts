import type { Handler } from "../http.ts";
import { loopbackGuard } from "../loopback-guard.ts";
import { controlEdge, controlPath } from "./api/control-edge.ts";
import { graphApi } from "./api/graph-api.ts";
import { readableByLocalPages } from "./api/same-machine-pages.ts";
import { logged } from "./call-log.ts";
import type { Sandbox, SandboxWorld } from "./context.ts";
import { type ControlOperation, control } from "./control.ts";
import type { Disabling } from "./delivery/disabling-modes.ts";
import { closeGate } from "./delivery/gates.ts";
import type { DeliveryExchange } from "./delivery/report.ts";
import type { Fault } from "./fault.ts";
import { withFaults } from "./faults.ts";
import type { LoggedCall, SandboxLog } from "./log.ts";
import { withRateLimit } from "./rate-limit.ts";
import { requiringProof } from "./require-proof.ts";
import { seedWorld } from "./simulation/seed.ts";
import type { SandboxState } from "./simulation/state.ts";

export interface SandboxOptions {
	/** What the waits between two attempts of a delivery are multiplied by; 1 where left out. */
	retryScale?: number;
	/** Ids of delivery gates to close from the start. */
	closedGates?: readonly string[];
	/** Callbacks that are not on this machine, over https; private addresses never. */
	allowPublicCallbacks?: boolean;
	/** What goes wrong with calls from the start. */
	faults?: readonly Fault[];
	/** The world to begin with; that of Meta's documents where left out. */
	state?: SandboxState;
	/** How many calls an hour the app may make; any number where left out. */
	rateLimit?: number;
	/** Refuses calls with a user's or a page's token that have no `appsecret_proof`. */
	requireProof?: boolean;
	/** Which deliveries unsubscribe the account after an hour of failures; messaging ones where left out. */
	disabling?: Disabling;
	/** Called after each request that may have changed the world. */
	changed?: () => void;
	log?: (entry: SandboxLog) => void;
	/** Receives every attempt to deliver, with its bytes and the answer. */
	record?: (exchange: DeliveryExchange) => void;
}

export interface RunningSandbox {
	/**
	 * Serves the Graph API, and `/sandbox/…` for igwh itself, to programs on this
	 * machine: its credentials are public. Never throws.
	 */
	handler: Handler;
	state: SandboxState;
	/** Does one of the operations of `/sandbox/…`. @throws GraphError, IgwhError */
	control(
		operation: ControlOperation,
		input?: Readonly<Record<string, unknown>>,
	): Promise<unknown>;
	/** The calls of the Graph API, oldest first; only the last ones. */
	calls: readonly LoggedCall[];
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
	options: SandboxOptions = {},
): RunningSandbox {
	const {
		retryScale = 1,
		closedGates = [],
		faults = [],
		state = seedWorld(world.clock.now()),
		allowPublicCallbacks = false,
		disabling = "messaging",
		log = () => {},
		record = () => {},
	} = options;
	for (const gate of closedGates) closeGate(state, gate);
	const closing = new AbortController();
	const sandbox: Sandbox = {
		world,
		state,
		log,
		record,
		calls: [],
		faults: [...faults],
		receiverDown: false,
		disabling,
		retryScale,
		allowPublicCallbacks,
		closed: closing.signal,
	};
	return {
		handler: loopbackGuard(
			reportingChanges(routes(sandbox, options), options.changed),
		),
		state,
		control: (operation, input) => control(sandbox, operation, input),
		calls: sandbox.calls,
		close: () => closing.abort(),
	};
}

/** Of the control edge the log shows what came of it, not that it was asked. */
function routes(
	sandbox: Sandbox,
	{ rateLimit, requireProof }: SandboxOptions,
): Handler {
	const control = controlEdge(sandbox);
	let graph: Handler = graphApi(sandbox);
	if (requireProof) graph = requiringProof(sandbox, graph);
	if (rateLimit) graph = withRateLimit(sandbox, rateLimit, graph);
	const answer = readableByLocalPages(
		logged(sandbox, withFaults(sandbox, graph)),
	);
	return (request) =>
		(request.target.startsWith(controlPath) ? control : answer)(request);
}

/** A GET changes nothing. */
function reportingChanges(
	handler: Handler,
	changed: () => void = () => {},
): Handler {
	return async (request) => {
		const response = await handler(request);
		if (request.method !== "GET") changed();
		return response;
	};
}
