import type { ServingWorld } from "../sandbox/serve-sandbox.ts";
import { systemClock } from "../system/clock.ts";
import { sendExactly } from "../system/http-client.ts";
import { serveOnLoopback } from "../system/http-server.ts";

/** Clock, randomness and network: no terminal, no files, no signals. */
export const localWorld: ServingWorld = {
	clock: systemClock,
	randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
	network: { send: sendExactly, serve: serveOnLoopback },
};
