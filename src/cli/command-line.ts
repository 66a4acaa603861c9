import { CommanderError, type Command as Parser } from "commander";
import { flagName } from "../config/settings.ts";
import { quoted, readAt } from "../readers/reader.ts";
import type { Command } from "./command.ts";
import { type GlobalFlags, globalFlagsOf } from "./global-flags.ts";
import type { Input } from "./input.ts";
import {
	commandParser,
	listedParser,
	type ParserOptions,
	rootParser,
} from "./parser.ts";
import { notTaken, usageError } from "./usage-error.ts";

/** A parsed command line: a command to run, or help to show. */
export type Parsed =
	| {
			kind: "run";
			command: Command;
			input: Record<string, unknown>;
			flags: GlobalFlags;
	  }
	| { kind: "show"; text: string };

/**
 * Reads a command line into the command to run, or the help to show. Nothing
 * runs here.
 * @throws IgwhError `usage`
 */
export function parseCommandLine(
	argv: readonly string[],
	commands: readonly Command[],
	options: ParserOptions,
): Parsed {
	let parsed: Parsed | undefined;
	let shown = "";
	/** The command that refused an argument. */
	let refusing: Command | undefined;
	/** Commander throws instead of exiting, and hands its texts to igwh instead of printing them. */
	const quiet = (parser: Parser, command?: Command) =>
		parser
			.exitOverride((error) => {
				refusing = command;
				throw error;
			})
			.configureOutput({
				writeOut: (text) => {
					shown += text;
				},
				writeErr: () => {},
				getOutHelpWidth: () => options.columns,
			});
	const root = quiet(rootParser(options));
	for (const command of commands) {
		const parser = isNamed(command, argv)
			? commandParser(command)
			: listedParser(command);
		parentOf(command, root).addCommand(
			quiet(parser, command).action((...passed) => {
				const self = passed.at(-1) as Parser;
				parsed = {
					kind: "run",
					command,
					input: readInputs(command, self),
					flags: flagsOf(command, self),
				};
			}),
		);
	}
	try {
		root.parse(argv.length === 0 ? ["--help"] : [...argv], {
			from: "user",
		});
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode !== 0) throw usageError(error, refusing);
	}
	return parsed ?? { kind: "show", text: shown };
}

/** Only a command that is named is parsed or shown in full. */
function isNamed({ name }: Command, argv: readonly string[]): boolean {
	return name.split(" ").every((word) => argv.includes(word));
}

/** A command of two words is a subcommand of the first. */
function parentOf({ name }: Command, root: Parser): Parser {
	const [parent] = name.split(" ", 1);
	return root.commands.find((other) => other.name() === parent) ?? root;
}

function readInputs(
	{ name, inputs }: Command,
	parser: Parser,
): Record<string, unknown> {
	const typed = parser.opts();
	const read = (input: Input<unknown>, text: string) =>
		readAt(
			(shown) =>
				shown === text ? `"${text}"` : `igwh ${name} ${quoted(shown)}`,
			text,
			input,
		);
	return Object.fromEntries(
		Object.entries(inputs).map(([key, input]) => {
			const { kind, fallback } = input;
			if (kind === "positionals")
				return [key, parser.args.flatMap((text) => read(input, text))];
			const [first] = parser.args;
			if (kind === "positional")
				return [key, first === undefined ? fallback : read(input, first)];
			return [key, typed[key] ?? fallback];
		}),
	);
}

/**
 * The global flags, before the command's name or after it.
 * @throws IgwhError `usage` for a flag before the command's name that it does not take
 */
function flagsOf(command: Command, self: Parser): GlobalFlags {
	const honoured = globalFlagsOf(command);
	const flags: Record<string, unknown> = {};
	for (let parent = self.parent; parent; parent = parent.parent)
		for (const [key, value] of Object.entries(parent.opts())) {
			if (!honoured.includes(key)) throw notTaken(flagName(key), command.name);
			flags[key] ??= value;
		}
	const own = Object.entries(self.opts()).filter(([key]) =>
		honoured.includes(key),
	);
	return { ...flags, ...Object.fromEntries(own) };
}
