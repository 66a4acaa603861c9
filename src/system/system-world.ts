import { randomBytes } from "node:crypto";
import type { World } from "../world.ts";
import { callApi } from "./api-client.ts";
import { systemClock } from "./clock.ts";
import { systemFiles } from "./files.ts";
import { sendExactly } from "./http-client.ts";
import { serveOnLoopback } from "./http-server.ts";
import { openLocaltunnel } from "./open-localtunnel.ts";
import { systemProcesses } from "./processes.ts";
import { systemPrompts } from "./prompts.ts";
import { openSqlite } from "./sqlite.ts";
import { systemTerminal } from "./terminal.ts";

/**
 * The world as it is. It installs no signal handlers and never exits: whoever
 * makes it says what interrupts it.
 */
export function systemWorld(
	interrupt: AbortSignal = new AbortController().signal,
): World {
	return {
		env: process.env,
		clock: systemClock,
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
		interrupt,
		openDatabase: openSqlite,
	};
}
