import { closeSync, openSync } from "node:fs";
import { isatty } from "node:tty";
import { systemWorld } from "../system/system-world.ts";
import type { World } from "../world.ts";
import { interruptOnSignals } from "./signals.ts";

/** Runs the program in this process: the only place that installs signal handlers and exits. */
export async function runProgram(
	main: (argv: readonly string[], world: World) => Promise<number>,
): Promise<never> {
	const interrupt = interruptOnSignals(process, {
		elapsed: () => performance.now(),
		exit,
		started: endEchoedLine,
	});
	const world = systemWorld(interrupt);
	return exit(await main(process.argv.slice(2), world));
}

/** A terminal shows `^C` where it echoes what is typed: what follows starts on a line of its own. */
function endEchoedLine(): void {
	const { stdin, stderr } = process;
	if (stderr.isTTY && stdin.isTTY && !stdin.isRaw) stderr.write("\n");
}

/** The standard descriptors that were terminals when the program started. */
const terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor));

function exit(code: number): never {
	leaveTerminals();
	process.exit(code);
}

/**
 * Node restores the modes of its terminals when it exits, and aborts where one
 * is gone. It leaves a descriptor alone that is another file by then.
 */
function leaveTerminals(): void {
	for (const descriptor of terminals) {
		if (isatty(descriptor)) continue;
		closeSync(descriptor);
		// The lowest free descriptor: the one just closed.
		openSync("/dev/null", "r+");
	}
}
