import type { World } from "../world.ts";
import { graphErrors } from "./api/graph-error.ts";
import { refusal } from "./api/graph-response.ts";
import { createSandbox, type SandboxOptions } from "./sandbox.ts";

/** A sandbox that answers on a port of 127.0.0.1. */
export interface ServedSandbox {
	/** e.g. `http://127.0.0.1:7302` */
	url: string;
	/** Ends what it still delivers, then its server. */
	close(): Promise<void>;
}

const maxBodyBytes = 1024 * 1024;

/**
 * @param port 0 takes a free one
 * @throws IgwhError when the port is taken
 */
export async function serveSandbox(
	world: World,
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
		close: async () => {
			sandbox.close();
			await server.close();
		},
	};
}
