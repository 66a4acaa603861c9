import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { Soak } from "./scenario.ts";

export const appSecret = "igwh_test_app_secret_0123456789abcdef";

/** Whatever `--json` prints. */
export type Emitted = Record<string, unknown>;

const program = join(import.meta.dirname, "../../bin/igwh.js");

/** Starts the shipped igwh with `--json` and a store in the scenario's folder. */
export function startIgwh(
	{ folder, afterwards }: Soak,
	commandLine: string,
	env: Record<string, string> = {},
	/** No file of it can grow beyond this, as on a full disk. */
	maxFileBytes?: number,
) {
	const [command = "", ...argv] = [
		...(maxFileBytes === undefined ? [] : withFileLimit(maxFileBytes)),
		...[process.execPath, program, ...commandLine.split(" "), "--json"],
	];
	const child = spawn(command, argv, {
		cwd: folder,
		env: {
			PATH: process.env.PATH,
			IGWH_APP_SECRET: appSecret,
			// Not --home: not every command keeps something there.
			IGWH_HOME: folder,
			...env,
		},
	});
	const exited = once(child, "exit").then(
		([code, signal]) => (code ?? signal) as number | string,
	);
	afterwards(async () => {
		child.kill("SIGKILL");
		await exited;
	});
	const emitted: Emitted[] = [];
	let stderr = "";
	createInterface(child.stdout).on("line", (line) =>
		emitted.push(JSON.parse(line)),
	);
	child.stderr.on("data", (text) => {
		stderr += text;
	});
	return {
		child,
		/** Every record so far. */
		emitted,
		stderr: () => stderr,
		/** The exit code, or the name of the signal that ended it. */
		exited,
		/** Waits for a record; records before `after` do not count. */
		until: async (
			wanted: (record: Emitted) => boolean,
			{ after = 0, timeoutMs = 100_000 } = {},
		): Promise<Emitted> => {
			const deadline = performance.now() + timeoutMs;
			while (performance.now() < deadline) {
				const found = emitted.slice(after).find(wanted);
				if (found) return found;
				if (child.exitCode !== null || child.signalCode !== null) break;
				await sleep(50);
			}
			throw new Error(
				`the record never came; emitted: ${JSON.stringify(emitted.slice(-5))} ${stderr}`,
			);
		},
	};
}

/** POSIX counts in blocks of 512 bytes; a write beyond the limit fails once the signal is ignored. */
function withFileLimit(bytes: number): string[] {
	const blocks = Math.ceil(bytes / 512);
	return ["sh", "-c", `trap '' XFSZ; ulimit -f ${blocks}; exec "$@"`, "sh"];
}

/** For `until`. */
export const ready = ({ type }: Emitted) => type === "ready";
export const tunnelIs =
	(...states: string[]) =>
	({ type, state }: Emitted) =>
		type === "tunnel" && states.includes(String(state));

/** Starts `igwh listen` on a tunnel server and waits until it is ready. */
export async function listenBehind(
	soak: Soak,
	server: { url: string },
	subdomain: string,
) {
	const listener = startIgwh(
		soak,
		`listen --port 0 --tunnel-host ${server.url} --subdomain ${subdomain}`,
	);
	const { publicUrl } = await listener.until(ready);
	return { ...listener, publicUrl: String(publicUrl) };
}
