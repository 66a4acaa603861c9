import { setMaxListeners } from "node:events";
import { parseCommandLine } from "./cli/command-line.ts";
import { createOutput, type Output } from "./cli/output.ts";
import { runToEnd } from "./cli/run-to-end.ts";
import { commands } from "./commands/commands.ts";
import { type Config, loadConfig } from "./config/config.ts";
import { switches } from "./config/settings.ts";
import { asIgwhError, exitCodes, IgwhError } from "./igwh-error.ts";
import { once } from "./once.ts";
import { onOrOff } from "./readers/on-or-off.ts";
import { sandboxSettings } from "./sandbox/credentials.ts";
import { version } from "./version.ts";
import { OutputClosedError, type World } from "./world.ts";

/** Longer lines are hard to read. */
const maxHelpColumns = 100;

/** How long a run may take to end after the first Ctrl-C. */
const usualDrainMs = 2000;

/**
 * Runs one command line in a world.
 * @returns the exit code; every failure has been printed
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
	const execute = async () => {
		const parsed = parseCommandLine(argv, commands, {
			version,
			columns: Math.min(inner.terminal.columns, maxHelpColumns),
		});
		if (parsed.kind === "show") {
			await output.text(parsed.text.trimEnd());
			return;
		}
		const { command, input, flags } = parsed;
		if (flags.verbose) inner.network = (await verbose()).verboseNetwork(inner);
		const { run, check, needs } = await command.run();
		check?.(input, inner.terminal);
		config = await loadConfig(flags, inner, sandboxSettings, {
			mayCreateFile: command.writesEnvFile ?? false,
		});
		if (!command.showsSettings) config.check(command.settings);
		config.needAll(needs?.(input, config) ?? []);
		for (const warning of config.warnings)
			inner.terminal.note(`igwh: ${warning}`);
		const { view: plainView, createView } = await command.view();
		const view = createView?.() ?? plainView;
		const sandbox =
			command.usesGraph && config.sandbox
				? await openSandbox(config, inner)
				: undefined;
		try {
			await runToEnd(run(input, config, inner), {
				show: (record) => output.record(record, view),
				ending,
				drainMs: command.drainMs ?? usualDrainMs,
				clock: world.clock,
			});
		} finally {
			await sandbox?.close();
		}
	};
	const codeOf = (thrown: unknown) => failed(thrown, output, inner);
	const code = await execute().then(() => 0, codeOf);
	const closed = await output.close().then(() => 0, codeOf);
	return code || closed;
}

const verbose = once(() => import("./cli/verbose-network.ts"));

const sandboxModule = once(() => import("./sandbox/ensure-sandbox.ts"));

async function openSandbox(config: Config, world: World) {
	const { ensureSandbox } = await sandboxModule();
	return ensureSandbox(config, world);
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

async function failed(
	thrown: unknown,
	output: Output,
	{ env, terminal }: World,
): Promise<number> {
	if (thrown instanceof OutputClosedError) return closedCode(thrown, output);
	const error = asIgwhError(thrown);
	await output.failure(error);
	if (error.code === "bug" && isOn(env[switches.debug]))
		terminal.note(String((thrown as Error)?.stack));
	return error.exitCode;
}

/** Any other text was meant to switch it on. */
function isOn(text = ""): boolean {
	try {
		return onOrOff.read(text.trim());
	} catch {
		return true;
	}
}

/** A reader that has seen enough (`igwh events | head`) is no failure. */
async function closedCode(
	{ kind, message }: OutputClosedError,
	output: Output,
): Promise<number> {
	if (kind === "reader") return 0;
	if (kind === "terminal") return exitCodes.interrupted;
	const error = new IgwhError(
		"input",
		`the output could not be written: ${message}`,
		"free some space, or write it somewhere else",
	);
	await output.failure(error);
	return error.exitCode;
}
