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
	const bar = progressLine(stderr);
	return {
		interactive: Boolean(stdin.isTTY && stdout.isTTY),
		colours: Boolean(stdout.isTTY && supportsColor),
		get columns() {
			return stdout.columns ?? 100;
		},
		print: (line) =>
			new Promise((resolve) => {
				bar.show("");
				if (closed || stdout.write(`${line}\n`)) resolve();
				else stdout.once("drain", resolve);
			}),
		note: (line) => {
			bar.show("");
			stderr.write(`${line}\n`);
		},
		progress: bar.show,
	};
}

/** A line that is written over; a run of many steps redraws it ten times a second at most. */
function progressLine(stderr: NodeJS.WriteStream) {
	let shown = false;
	let drawnAt = 0;
	return {
		show(text: string) {
			if (!stderr.isTTY || (!shown && text === "")) return;
			if (text !== "" && Date.now() - drawnAt < 100) return;
			drawnAt = text === "" ? 0 : Date.now();
			shown = text !== "";
			stderr.write(`\r\u001b[K${text.slice(0, (stderr.columns ?? 80) - 1)}`);
		},
	};
}
