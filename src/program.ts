import { setMaxListeners } from "node:events";
import { parseCommandLine } from "./cli/command-line.ts";
import { onOrOff } from "./cli/readers/on-or-off.ts";
import { commands } from "./commands/commands.ts";
import { switches } from "./config/settings.ts";
import { type Config, loadConfig } from "./config.ts";
import { asIgwhError, exitCodes, IgwhError } from "./igwh-error.ts";
import { createOutput, type Output } from "./output/output.ts";
import { runToEnd } from "./run-to-end.ts";
import { ensureSandbox, sandboxSettings } from "./use-cases/run-sandbox.ts";
import { version } from "./version.ts";
import { OutputClosedError, type World } from "./world.ts";

/** How long a run may take to wind up after the first Ctrl-C. */
const usualDrainMs = 2000;

/**
 * Runs one command line in a world.
 * @returns the exit code; every failure has been said
 */
export async function main(
	argv: readonly string[],
	world: World,
): Promise<number> {
	const json = argv.includes("--json");
	const ending = endingOf(world);
	let config: Config | undefined;
	const output = createOutput(
		{ ...world, interrupt: ending.signal },
		{ json, hidden: () => config?.hiddenValues() ?? [] },
	);
	const inner = { ...output.guard(world), interrupt: ending.signal };
	const run = async () => {
		const parsed = parseCommandLine(argv, commands, version);
		if (parsed.kind === "show") {
			await output.text(parsed.text.trimEnd());
			return;
		}
		const { command, input, flags } = parsed;
		command.check?.(input, inner.terminal);
		config = await loadConfig(flags, inner, sandboxSettings);
		config.check(command.settings);
		for (const warning of config.warnings)
			inner.terminal.note(`igwh: ${warning}`);
		const sandbox =
			command.usesGraph && config.sandbox
				? await ensureSandbox(config, inner)
				: undefined;
		try {
			await runToEnd(command.run(input, config, inner), {
				show: (record) => output.record(record, command.human),
				ending,
				drainMs: command.drainMs ?? usualDrainMs,
				clock: world.clock,
			});
		} finally {
			await sandbox?.close();
		}
	};
	const codeOf = (thrown: unknown) => failed(thrown, output, inner);
	const code = await run().then(() => 0, codeOf);
	const closed = await output.close().then(() => 0, codeOf);
	return code || closed;
}

/** What ends the run: an interruption of its world, or whatever fails in it. */
function endingOf({ interrupt }: World): AbortController {
	const ending = new AbortController();
	// Every request under way listens to it, and a load has hundreds of them.
	setMaxListeners(0, ending.signal);
	const end = () => ending.abort(interrupt.reason);
	if (interrupt.aborted) end();
	else interrupt.addEventListener("abort", end, { once: true });
	return ending;
}

function failed(
	thrown: unknown,
	output: Output,
	{ env, terminal }: World,
): number {
	if (thrown instanceof OutputClosedError) return closedCode(thrown, output);
	const error = asIgwhError(thrown);
	output.failure(error);
	if (error.code === "bug" && isOn(env[switches.debug]))
		terminal.note(String((thrown as Error)?.stack));
	return error.exitCode;
}

/** A word that is neither on nor off was meant to switch something on. */
function isOn(text = ""): boolean {
	try {
		return onOrOff.read(text.trim());
	} catch {
		return true;
	}
}

/** A reader that has seen enough (`igwh events | head`) is no failure. */
function closedCode(
	{ kind, message }: OutputClosedError,
	output: Output,
): number {
	if (kind === "reader") return 0;
	if (kind === "terminal") return exitCodes.interrupted;
	const error = new IgwhError(
		"input",
		`the output could not be written: ${message}`,
		"free some space, or write it somewhere else",
	);
	output.failure(error);
	return error.exitCode;
}
