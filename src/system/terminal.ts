import { supportsColor } from "chalk";
import type { Terminal } from "../world.ts";

export function systemTerminal({
	stdin,
	stdout,
	stderr,
}: NodeJS.Process): Terminal {
	let closed = false;
	// A reader that has seen enough (`igwh events | head`) is no failure.
	stdout.on("error", (error: NodeJS.ErrnoException) => {
		if (error.code !== "EPIPE") throw error;
		closed = true;
		process.exit(0);
	});
	return {
		interactive: Boolean(stdin.isTTY && stdout.isTTY),
		colours: Boolean(stdout.isTTY && supportsColor),
		get columns() {
			return stdout.columns ?? 100;
		},
		print: (line) =>
			new Promise((resolve) => {
				if (closed || stdout.write(`${line}\n`)) resolve();
				else stdout.once("drain", resolve);
			}),
		note: (line) => {
			stderr.write(`${line}\n`);
		},
	};
}
