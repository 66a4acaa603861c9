import type { SandboxRecord } from "../commands/sandbox/records.ts";
import { type Config, type Settings, settings } from "../config/config.ts";
import { bodyText } from "../http.ts";
import { IgwhError } from "../igwh-error.ts";
import { createRecordQueue } from "../record-queue.ts";
import { type Listening, UnreachableError, type World } from "../world.ts";
import { sandboxCredentials, sandboxPort } from "./credentials.ts";
import { createSandbox } from "./sandbox.ts";

/** What `--sandbox` stands for. */
export const sandboxSettings: Settings = {
	...sandboxCredentials,
	graphUrl: `http://127.0.0.1:${sandboxPort}`,
};

export interface SandboxInput {
	port: number;
	/** Delivery gates to close, by name. */
	closed: readonly string[];
	/** How many times faster than Meta it sends again. */
	retrySpeed: number;
	/** Callbacks that are not on this machine. */
	allowPublicCallbacks: boolean;
}

const maxBodyBytes = 1024 * 1024;

/** Runs a Graph API on this machine until Ctrl-C, and tells what it is asked. */
export async function* runSandbox(
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
	const sandbox = createSandbox(world, {
		retryScale: 1 / retrySpeed,
		closedGates: closed,
		allowPublicCallbacks,
		log: log.push,
	});
	const server = await world.network.serve(sandbox.handler, {
		port,
		maxBodyBytes,
	});
	try {
		yield { type: "ready", url: server.url, environment: environment(server) };
		yield* log.read(world.interrupt);
	} finally {
		sandbox.close();
		await server.close();
	}
}

function environment({ url }: Listening): Record<string, string> {
	const values = { ...sandboxCredentials, graphUrl: url };
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => [
			settings[name as keyof typeof values].env,
			value,
		]),
	);
}

/**
 * Sees to it that a sandbox answers at the configured address: the one that
 * runs there, or one in this process, for as long as the command takes.
 * @returns how to end it, where it was started here
 */
export async function ensureSandbox(
	config: Config,
	world: World,
): Promise<{ close(): Promise<void> } | undefined> {
	const address = new URL(config.get("graphUrl"));
	if (await sandboxAnswers(address.origin, world)) return undefined;
	// It ends with the command, whose own tunnel may be the callback.
	const sandbox = createSandbox(world, { allowPublicCallbacks: true });
	const server = await world.network
		.serve(sandbox.handler, { port: Number(address.port), maxBodyBytes })
		.catch(async (error) => {
			// Another command may have started one at the same moment.
			if (await sandboxAnswers(address.origin, world)) return undefined;
			throw error;
		});
	if (!server) return undefined;
	world.terminal.note(
		`a sandbox runs at ${server.url} while this command does; keep one with: igwh sandbox`,
	);
	return {
		close: async () => {
			sandbox.close();
			await server.close();
		},
	};
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
