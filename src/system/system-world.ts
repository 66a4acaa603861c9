import { randomBytes } from "node:crypto";
import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { World } from "../world.ts";
import { callApi } from "./api-client.ts";
import { systemFiles } from "./files.ts";
import { sendExactly } from "./http-client.ts";
import { serveOnLoopback } from "./http-server.ts";
import { systemProcesses } from "./processes.ts";
import { systemPrompts } from "./prompts.ts";
import { openSqlite } from "./sqlite.ts";
import { systemTerminal } from "./terminal.ts";
import { openLocaltunnel } from "./tunnel.ts";

/**
 * The world as it is. The first Ctrl-C, SIGTERM or closed terminal asks for an
 * orderly end, the second ends at once.
 */
export function systemWorld(): World {
	const interruption = new AbortController();
	// Every request under way listens to it, and a load has hundreds of them.
	setMaxListeners(0, interruption.signal);
	for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
		process.on(signal, () => {
			if (interruption.signal.aborted) process.exit(130);
			interruption.abort();
		});
	return {
		env: process.env,
		clock: {
			now: Date.now,
			elapsed: () => performance.now(),
			sleep: (milliseconds, signal) =>
				sleep(milliseconds, undefined, { signal }).catch(() => {}),
		},
		randomBytes,
		network: {
			send: sendExactly,
			call: callApi,
			serve: serveOnLoopback,
			openTunnel: openLocaltunnel,
		},
		files: systemFiles,
		terminal: systemTerminal(process),
		prompts: systemPrompts,
		processes: systemProcesses,
		interrupt: interruption.signal,
		openDatabase: openSqlite,
	};
}
