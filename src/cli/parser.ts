import { isDeepStrictEqual } from "node:util";
import { Help, Option, Command as Parser } from "commander";
import { flagName } from "../config/settings.ts";
import { IgwhError } from "../igwh-error.ts";
import { type Place, quoted, readAt } from "../readers/reader.ts";
import type { Command } from "./command.ts";
import { globalFlags, globalFlagsOf } from "./global-flags.ts";
import { globalHeading, helpLayout, helpParagraph } from "./help-layout.ts";
import type { Input } from "./input.ts";

/** The parser of igwh itself. It accepts every global flag; each command declares which it uses. */
export function rootParser({ version, columns }: ParserOptions): Parser {
	const parser = new Parser("igwh")
		.description(
			"Instagram webhooks from one terminal: set up, receive, replay, reply",
		)
		.version(version, "-V, --version", "Print the version")
		.helpOption("-h, --help", "Show this help")
		.helpCommand("help [command]", "Show the help of a command")
		// A command's flags after its name are its own, never its parent's.
		.enablePositionalOptions()
		.configureHelp({
			...helpLayout,
			formatHelp: commandsFirst,
			subcommandTerm: (command) => command.name(),
		})
		.addHelpText("after", rootHelpEnd(columns));
	for (const key of Object.keys(globalFlags))
		parser.addOption(globalOption(key));
	return parser;
}

export interface ParserOptions {
	version: string;
	/** How wide the help may be. */
	columns: number;
}

function rootHelpEnd(columns: number): string {
	const settings = helpParagraph(
		"Settings are read from flags, then the environment, then .env. Secrets are never read from flags. To see which options a command takes: igwh <command> --help",
		columns,
	);
	return `\nStart here, without a Meta account:\n  $ igwh demo\n\n${settings}`;
}

/** A command as the help of igwh lists it. */
export function listedParser({ name, summary }: Command): Parser {
	return new Parser(name.split(" ").at(-1)).summary(summary);
}

/** The parser of a command: its inputs, and the global flags it uses. */
export function commandParser(command: Command): Parser {
	const { summary, examples, inputs } = command;
	const parser = listedParser(command)
		.description(summary)
		.helpOption("-h, --help", "Show this help")
		.configureHelp(helpLayout)
		.enablePositionalOptions();
	for (const [key, input] of Object.entries(inputs)) {
		if (input.kind === "positionals" || input.kind === "positional")
			parser.argument(input.placeholder, input.description);
		else
			for (const option of inputOptions(key, input))
				parser.addOption(option.helpGroup(`${input.group ?? "Options"}:`));
	}
	for (const key of globalFlagsOf(command))
		parser.addOption(globalOption(key).helpGroup(globalHeading));
	const lines = examples.map((example) => `  $ igwh ${example}`);
	return parser.addHelpText("after", `\nExamples:\n${lines.join("\n")}`);
}

/** The help of igwh itself: commands first, then the options they share. */
function commandsFirst(parser: Parser, help: Help): string {
	const [usage, description, options, commands] = Help.prototype.formatHelp
		.call(help, parser, help)
		.split("\n\n");
	return `${[usage, description, commands?.trimEnd(), options].join("\n\n")}\n`;
}

function globalOption(key: string): Option {
	const { description, placeholder, reader } = globalFlags[key] ?? {};
	const name = flagName(key);
	if (!reader) return new Option(name, description);
	return new Option(`${name} ${placeholder}`, description).argParser((typed) =>
		readAt(placeOf(name), typed, reader),
	);
}

function inputOptions(key: string, input: Input<unknown>): Option[] {
	const name = flagName(key);
	const { kind, placeholder, description, negated, shownFallback } = input;
	if (kind === "flag") return [new Option(name, description)];
	if (kind === "negatable")
		return [
			new Option(name, description),
			new Option(name.replace("--", "--no-"), negated),
		];
	const described =
		// Zero means "off", which the description states.
		shownFallback === undefined || shownFallback === "0"
			? description
			: `${description} (default: ${shownFallback})`;
	return [
		new Option(`${name} ${placeholder}`, described).argParser(
			(typed, before) => {
				const value = readAt(placeOf(name), typed, input);
				if (input.repeats && Array.isArray(before)) return before.concat(value);
				// The first one would be ignored: `events prune --field a --field b`.
				if (before !== undefined && !isDeepStrictEqual(before, value))
					throw givenTwice(name);
				return value;
			},
		),
	];
}

function givenTwice(flag: string): IgwhError {
	return new IgwhError(
		"usage",
		`${flag} is given twice with different values`,
		`give ${flag} once`,
	);
}

function placeOf(flag: string): Place {
	return (text) => `${flag} ${quoted(text)}`;
}
