import type { Config } from "../config/config.ts";
import { bodyText } from "../http.ts";
import { IgwhError } from "../igwh-error.ts";
import { UnreachableError, type World } from "../world.ts";
import { type ServedSandbox, serveSandbox } from "./serve-sandbox.ts";

/**
 * Makes sure that a sandbox answers at the configured address: the one that
 * runs there, or one in this process, for as long as the command takes.
 * @returns how to end it, where it was started here
 */
export async function ensureSandbox(
	config: Config,
	world: World,
): Promise<ServedSandbox | undefined> {
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

/** @throws IgwhError where something else answers */
async function sandboxAnswers(origin: string, world: World): Promise<boolean> {
	try {
		const answer = await world.network.send({
			method: "GET",
			url: `${origin}/sandbox/ping`,
			headers: [],
			body: Buffer.from(""),
			timeoutMs: 2000,
		});
		if (bodyText(answer).includes('"igwh"')) return true;
	} catch (error) {
		if (error instanceof UnreachableError && error.kind === "refused")
			return false;
		throw error;
	}
	throw notASandbox(origin);
}

export function notASandbox(origin: string): IgwhError {
	return new IgwhError(
		"network",
		`what answers at ${origin} is not a sandbox of igwh`,
		"start one with: igwh sandbox --port 0, and name it with --graph-url",
	);
}
