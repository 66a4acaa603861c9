import type { World } from "../world.ts";
import type { SandboxWorld } from "./context.ts";
import {
	createSandbox,
	type RunningSandbox,
	type SandboxOptions,
} from "./sandbox.ts";

/** What a sandbox on a port needs of the outside. */
export interface ServingWorld extends SandboxWorld {
	network: Pick<World["network"], "send" | "serve">;
}

import { graphErrors } from "./api/graph-error.ts";
import { refusal } from "./api/graph-response.ts";

/** A sandbox that answers on a port of 127.0.0.1. */
export interface ServedSandbox {
	/** e.g. `http://127.0.0.1:7302` */
	url: string;
	sandbox: RunningSandbox;
	/** Ends what it still delivers, then its server. */
	close(): Promise<void>;
}

const maxBodyBytes = 1024 * 1024;

/**
 * @param port 0 takes a free one
 * @throws IgwhError when the port is taken
 */
export async function serveSandbox(
	world: ServingWorld,
	port: number,
	options: SandboxOptions,
): Promise<ServedSandbox> {
	const sandbox = createSandbox(world, options);
	const server = await world.network.serve(sandbox.handler, {
		port,
		maxBodyBytes,
		tooLarge: await refusal(world, graphErrors.bodyTooLarge()),
	});
	return {
		url: server.url,
		sandbox,
		close: async () => {
			sandbox.close();
			await server.close();
		},
	};
}
