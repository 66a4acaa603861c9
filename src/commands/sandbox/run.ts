import type { Config } from "../../config/config.ts";
import { createRecordQueue } from "../../record-queue.ts";
import { sandboxEnvironment } from "../../sandbox/environment.ts";
import { serveSandbox } from "../../sandbox/serve-sandbox.ts";
import type { World } from "../../world.ts";
import type { SandboxRecord } from "./records.ts";

export interface SandboxInput {
	port: number;
	/** Delivery gates to close, by name. */
	closed: readonly string[];
	/** How many times faster than Meta it sends again. */
	retrySpeed: number;
	/** Callbacks that are not on this machine. */
	allowPublicCallbacks: boolean;
}

/** Runs a Graph API on this machine until Ctrl-C, and emits what it is asked. */
export async function* run(
	{ port, closed, retrySpeed, allowPublicCallbacks }: SandboxInput,
	_config: Config,
	world: World,
): AsyncGenerator<SandboxRecord> {
	const log = createRecordQueue<SandboxRecord>({
		dropped: (count) =>
			world.terminal.note(
				`${count} lines are missing here: the output was not read in time`,
			),
	});
	const { url, close } = await serveSandbox(world, port, {
		retryScale: 1 / retrySpeed,
		closedGates: closed,
		allowPublicCallbacks,
		log: log.push,
	});
	try {
		yield { type: "ready", url, environment: sandboxEnvironment(url) };
		yield* log.read(world.interrupt);
	} finally {
		await close();
	}
}
