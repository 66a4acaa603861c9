import type { Config } from "../config/config.ts";
import type { World } from "../world.ts";
import { registeredSandbox } from "./registered-sandbox.ts";
import { sandboxAnswers } from "./sandbox-answers.ts";
import { type ServedSandbox, serveSandbox } from "./serve-sandbox.ts";

/**
 * Makes sure that a sandbox answers at the configured address, or at
 * the one in the home folder where none is configured: the one that runs there, or one in this process, for as long as the command takes.
 * @returns how to end it, where it was started here
 */
export async function ensureSandbox(
	config: Config,
	world: World,
): Promise<ServedSandbox | undefined> {
	if (config.source("graphUrl") === "sandbox") {
		const running = await registeredSandbox(config.get("home"), world);
		if (running) {
			config.useSandboxAt(running);
			return undefined;
		}
	}
	const address = new URL(config.get("graphUrl"));
	if (await sandboxAnswers(address.origin, world)) return undefined;
	// It ends with the command, whose own tunnel may be the callback.
	const sandbox = await serveSandbox(world, Number(address.port), {
		allowPublicCallbacks: true,
	}).catch(async (error) => {
		// Another command may have started one at the same time.
		if (await sandboxAnswers(address.origin, world)) return undefined;
		throw error;
	});
	if (sandbox)
		world.terminal.note(
			`a sandbox runs at ${sandbox.url} while this command does; keep one with: igwh sandbox`,
		);
	return sandbox;
}
