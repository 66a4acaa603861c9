import type { Config } from "../../config/config.ts";
import { createRecordQueue } from "../../record-queue.ts";
import { sandboxPort } from "../../sandbox/credentials.ts";
import type { Disabling } from "../../sandbox/delivery/disabling-modes.ts";
import { sandboxEnvironment } from "../../sandbox/environment.ts";
import { readFault } from "../../sandbox/faults.ts";
import { registerSandbox } from "../../sandbox/registered-sandbox.ts";
import { serveSandbox } from "../../sandbox/serve-sandbox.ts";
import type { World } from "../../world.ts";
import { type FaultInput, faultOf } from "./fault-inputs.ts";
import type { EnvironmentFormat, SandboxRecord } from "./records.ts";
import { openWorld, type WorldInput } from "./sandbox-world.ts";

export interface SandboxInput extends WorldInput, Partial<FaultInput> {
	port: number;
	/** Delivery gates to close, by name. */
	closed: readonly string[];
	/** How many times faster than Meta it sends again. */
	retrySpeed: number;
	/** Callbacks that are not on this machine. */
	allowPublicCallbacks: boolean;
	/** Calls an hour. */
	rateLimit?: number | undefined;
	requireAppSecret?: boolean;
	disabling?: Disabling | undefined;
	/** Prints the settings and starts nothing. */
	printEnv?: EnvironmentFormat | undefined;
}

/** Runs a Graph API on this machine until Ctrl-C, and emits what it is asked. */
export async function* run(
	input: SandboxInput,
	config: Config,
	world: World,
): AsyncGenerator<SandboxRecord> {
	if (input.printEnv !== undefined) return yield environmentRecord(input);
	const log = createRecordQueue<SandboxRecord>({
		dropped: (count) =>
			world.terminal.note(
				`${count} lines are missing here: the output was not read in time`,
			),
	});
	const kept = await openWorld(input, config, world);
	const fault = faultOf({ ...noFault, ...input });
	const { url, close } = await serveSandbox(world, input.port, {
		retryScale: 1 / input.retrySpeed,
		closedGates: input.closed,
		allowPublicCallbacks: input.allowPublicCallbacks,
		...(input.disabling && { disabling: input.disabling }),
		...(input.rateLimit && { rateLimit: input.rateLimit }),
		requireProof: input.requireAppSecret ?? false,
		faults: fault ? [readFault({ ...fault })] : [],
		state: kept.state,
		changed: kept.save,
		log: (entry) =>
			log.push(
				entry.type === "request" && config.verbose
					? { ...entry, verbose: true }
					: entry,
			),
	});
	const unregister = input.ephemeral
		? async () => {}
		: await registerSandbox({ home: config.get("home"), url }, world.files);
	try {
		yield { type: "ready", url, environment: sandboxEnvironment(url) };
		yield* log.read(world.interrupt);
	} finally {
		await unregister();
		await close();
		kept.save();
		await kept.saved();
	}
}

const noFault: FaultInput = {
	fail: undefined,
	on: undefined,
	times: undefined,
	delay: undefined,
	drop: false,
};

function environmentRecord({ port, printEnv }: SandboxInput): SandboxRecord {
	const url = `http://127.0.0.1:${port || sandboxPort}`;
	return {
		type: "environment",
		format: printEnv as EnvironmentFormat,
		environment: sandboxEnvironment(url),
	};
}
