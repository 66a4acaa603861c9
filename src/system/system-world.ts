import { once } from "../once.ts";
import type { World } from "../world.ts";
import { captureOutput } from "./capture-output.ts";
import { systemClock } from "./clock.ts";
import { systemFiles } from "./files.ts";
import { systemTerminal } from "./terminal.ts";

/**
 * The world as it is. It installs no signal handlers and never exits: whoever
 * creates it decides what interrupts it. What only some commands touch is loaded
 * when they do, so that the others start without it.
 */
export function systemWorld(
	interrupt: AbortSignal = new AbortController().signal,
): World {
	return {
		env: process.env,
		clock: systemClock,
		randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
		network: {
			send: async (request) => (await httpClient()).sendExactly(request),
			call: async (request) =>
				(await import("./api-client.ts")).callApi(request),
			serve: async (handler, options) =>
				(await import("./http-server.ts")).serveOnLoopback(handler, options),
			openTunnel: async (options) =>
				(await import("./open-localtunnel.ts")).openLocaltunnel(options),
		},
		files: systemFiles,
		terminal: systemTerminal(process),
		prompts: {
			select: async (message, choices, panel) =>
				(await prompts()).select(message, choices, panel),
			search: async (message, choices) =>
				(await prompts()).search(message, choices),
			input: async (message, options) =>
				(await prompts()).input(message, options),
			confirm: async (message) => (await prompts()).confirm(message),
			secret: async (message) => (await prompts()).secret(message),
		},
		keyboard: {
			read: async (press) =>
				(await import("./keyboard.ts")).systemKeyboard(process).read(press),
		},
		processes: {
			run: async (commandLine, options) =>
				(await processes()).run(commandLine, options),
			capture: captureOutput,
			edit: async (editor, path) => (await processes()).edit(editor, path),
			openPage: async (url) => (await processes()).openPage(url),
		},
		interrupt,
		openDatabase: async (path) =>
			(await import("./sqlite.ts")).openSqlite(path),
	};
}

const httpClient = once(() => import("./http-client.ts"));

async function prompts() {
	return (await import("./prompts.ts")).systemPrompts;
}

async function processes() {
	return (await import("./processes.ts")).systemProcesses;
}
