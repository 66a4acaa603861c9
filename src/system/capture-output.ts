import { constants } from "node:os";
import type { Finished, Processes } from "../world.ts";

/** A program that writes more than this is ended. */
const maxOutputBytes = 64 * 1024;

/**
 * The program stays in the terminal's foreground group: it can ask for a
 * passphrase, and Ctrl-C reaches it.
 */
export const captureOutput: Processes["capture"] = (commandLine, timeoutMs) => {
	// Few starts need it, and loading it takes time.
	const { spawnSync } = process.getBuiltinModule("node:child_process");
	const { status, signal, stdout, stderr, error } = spawnSync(commandLine, {
		shell: true,
		stdio: ["ignore", "pipe", "pipe"],
		timeout: timeoutMs,
		killSignal: "SIGKILL",
		maxBuffer: maxOutputBytes,
		windowsHide: true,
	});
	const reason = (error as NodeJS.ErrnoException | undefined)?.code;
	const code = status ?? 128 + (signal ? constants.signals[signal] : 0);
	const finished: Finished = {
		code: reason === "ENOBUFS" ? 0 : code,
		timedOut: reason === "ETIMEDOUT",
		stdout: stdout?.toString("utf8") ?? "",
		stderr: stderr?.toString("utf8") ?? "",
	};
	return reason === "ENOBUFS"
		? { ...finished, problem: `printed more than ${maxOutputBytes} bytes` }
		: finished;
};
