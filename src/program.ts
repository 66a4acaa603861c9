import { parseCommandLine } from "./command-line.ts";
import { commands } from "./commands/commands.ts";
import { loadConfig } from "./config.ts";
import { asIgwhError, IgwhError } from "./igwh-error.ts";
import { createOutput } from "./output/output.ts";
import type { AnyRecord } from "./records.ts";
import { ensureSandbox, sandboxSettings } from "./use-cases/run-sandbox.ts";
import { version } from "./version.ts";
import type { World } from "./world.ts";

/**
 * Runs one command line in a world.
 * @returns the exit code; every failure has been told
 */
export async function main(
	argv: readonly string[],
	world: World,
): Promise<number> {
	const json = argv.includes("--json");
	let output = createOutput(world.terminal, { json, hidden: () => [] });
	try {
		const parsed = parseCommandLine(argv, commands, version);
		if (parsed.kind === "show") {
			await world.terminal.print(parsed.text.trimEnd());
			return 0;
		}
		const { command, input, flags } = parsed;
		const config = await loadConfig(flags, world, sandboxSettings);
		output = createOutput(world.terminal, {
			json,
			hidden: () => config.hiddenValues(),
		});
		const sandbox =
			command.usesGraph && config.sandbox
				? await ensureSandbox(config, world)
				: undefined;
		try {
			const records = command.run(input, config, world);
			for await (const record of untilInterrupted(
				records,
				command.drainMs ?? usualDrainMs,
				world,
			))
				await output.record(record, command.human);
		} finally {
			await sandbox?.close();
		}
		return 0;
	} catch (thrown) {
		const error = asIgwhError(thrown);
		output.failure(error);
		if (error.code === "bug" && world.env.IGWH_DEBUG)
			world.terminal.note(String((thrown as Error)?.stack));
		return error.exitCode;
	}
}

/** How long a use case may take to wind up after the first Ctrl-C. */
const usualDrainMs = 2000;

/**
 * The records of a use case, until Ctrl-C: what is under way may end within the
 * drain, then the command counts as interrupted.
 */
async function* untilInterrupted(
	records: AsyncIterable<AnyRecord>,
	drainMs: number,
	world: World,
): AsyncGenerator<AnyRecord> {
	const interrupted = new IgwhError(
		"interrupted",
		"interrupted",
		"run the command again to go on",
	);
	const iterator = records[Symbol.asyncIterator]();
	// One promise at a time: a race with the drain for each of a million records
	// would keep every one of them.
	let giveUp = () => {};
	let drained = false;
	void interruption(world)
		.then(() => world.clock.sleep(drainMs))
		.then(() => {
			drained = true;
			giveUp();
		});
	for (;;) {
		const next = await new Promise<IteratorResult<AnyRecord> | undefined>(
			(resolve, reject) => {
				giveUp = () => resolve(undefined);
				if (drained) giveUp();
				iterator.next().then(resolve, reject);
			},
		);
		if (!next) throw interrupted;
		if (next.done) break;
		yield next.value;
	}
	if (world.interrupt.aborted) throw interrupted;
}

function interruption({ interrupt }: World): Promise<void> {
	return new Promise((resolve) => {
		if (interrupt.aborted) resolve();
		else interrupt.addEventListener("abort", () => resolve(), { once: true });
	});
}
