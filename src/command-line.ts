import { CommanderError, Help, Option, Command as Parser } from "commander";
import type { Command, Input } from "./command.ts";
import type { ConfigFlags } from "./config.ts";
import { IgwhError } from "./igwh-error.ts";

export interface GlobalFlags extends ConfigFlags {
	json?: boolean;
}

/** What a command line asks for. */
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
	version: string,
): Parsed {
	let parsed: Parsed | undefined;
	let shown = "";
	const parser = quiet(globalParser(version), (text) => {
		shown += text;
	});
	for (const command of commands)
		parentOf(command, parser).addCommand(
			quiet(commandParser(command), (text) => {
				shown += text;
			}).action((...passed) => {
				const self = passed.at(-1) as Parser;
				parsed = {
					kind: "run",
					command,
					input: readInput(command, self),
					flags: parser.opts(),
				};
			}),
		);
	try {
		parser.parse(argv.length === 0 ? ["--help"] : joinPairs(argv, commands), {
			from: "user",
		});
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode !== 0) throw usageError(error, argv);
	}
	return parsed ?? { kind: "show", text: shown };
}

function globalParser(version: string): Parser {
	const parser = new Parser("igwh")
		.description(
			"Instagram webhooks from one terminal: set up, receive, replay, answer.",
		)
		.version(version, "--version", "print the version")
		.helpOption("-h, --help", "show this help")
		.helpCommand("help [command]", "show the help of a command")
		.configureHelp({
			formatHelp: commandsFirst,
			subcommandTerm: (command) => command.name(),
		})
		.addHelpText(
			"after",
			"\nStart here, without a Meta account:\n  $ igwh demo\n\nSettings come from flags, the environment, then .env; secrets never from flags.",
		);
	const options: [flags: string, description: string][] = [
		["--json", "one JSON object a line on stdout"],
		[
			"--sandbox",
			"use the sandbox and its credentials instead of Meta (IGWH_SANDBOX=1)",
		],
		["--env-file <path>", "the env file (default: .env)"],
		["--app-id <id>", "the Meta app (IGWH_APP_ID)"],
		["--page-id <id>", "the Facebook page (IGWH_PAGE_ID)"],
		["--ig-user-id <id>", "the Instagram account (IGWH_IG_USER_ID)"],
		[
			"--verify-token <text>",
			"the callback's verify token (IGWH_VERIFY_TOKEN)",
		],
		["--graph-url <url>", "the Graph API's address (IGWH_GRAPH_URL)"],
		["--api-version <version>", "the Graph API version (IGWH_API_VERSION)"],
		["--home <folder>", "the folder of the store (IGWH_HOME)"],
	];
	for (const [flags, description] of options)
		parser.addOption(new Option(flags, description));
	return parser;
}

/** The help of igwh itself: what one can do stands before the options all of it shares. */
function commandsFirst(parser: Parser, help: Help): string {
	const [usage, description, options, commands] = Help.prototype.formatHelp
		.call(help, parser, help)
		.split("\n\n");
	return `${[usage, description, commands?.trimEnd(), options].join("\n\n")}\n`;
}

/** A name of two words belongs below the command of the first. */
function parentOf({ name }: Command, parser: Parser): Parser {
	const [parent] = name.split(" ", 1);
	return parser.commands.find((other) => other.name() === parent) ?? parser;
}

function commandParser({ name, summary, examples, inputs }: Command): Parser {
	const parser = new Parser(name.split(" ").at(-1))
		.summary(summary)
		.description(summary)
		.helpOption("-h, --help", "show this help")
		.configureHelp({ showGlobalOptions: true });
	for (const [key, input] of Object.entries(inputs)) {
		if (input.kind === "arguments")
			parser.argument(input.placeholder, input.description);
		else for (const option of options(key, input)) parser.addOption(option);
	}
	const lines = examples.map((example) => `  $ igwh ${example}`);
	return parser.addHelpText("after", `\nExamples:\n${lines.join("\n")}`);
}

function options(key: string, input: Input<unknown>): Option[] {
	const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
	const { kind, placeholder, description } = input;
	if (kind === "flag") return [new Option(`--${name}`, description)];
	if (kind === "either")
		return [
			new Option(`--${name}`, description),
			new Option(`--no-${name}`, "the opposite"),
		];
	const shown = [input.fallback].flat();
	const described =
		// A zero stands for "not at all": the description says so.
		shown[0] === undefined || shown[0] === 0
			? description
			: `${description} (default: ${shown.join(",")})`;
	return [
		new Option(
			`--${name} ${kind === "pairs" ? placeholder.replace("> <", " ") : placeholder}`,
			described,
		).argParser((typed, before) => {
			const value = readTyped(name, input, typed);
			return input.repeats && Array.isArray(before)
				? before.concat(value)
				: value;
		}),
	];
}

/** Commander's flags take one word: the two words of a pair become one. */
function joinPairs(
	argv: readonly string[],
	commands: readonly Command[],
): string[] {
	const names = commands
		.filter(({ name }) => argv.includes(name))
		.flatMap(({ inputs }) => Object.entries(inputs))
		.filter(([, { kind }]) => kind === "pairs")
		.map(([key]) => `--${key}`);
	const joined: string[] = [];
	for (let index = 0; index < argv.length; index++) {
		const word = argv[index] as string;
		joined.push(word);
		if (!names.includes(word) || index + 2 >= argv.length) continue;
		joined.push(`${argv[++index]} ${argv[++index]}`);
	}
	return joined;
}

function readTyped(name: string, input: Input<unknown>, typed: string) {
	try {
		return input.read(typed);
	} catch (error) {
		throw new IgwhError(
			"usage",
			`--${name} ${typed}: ${(error as Error).message}`,
			"see the command's --help",
		);
	}
}

function readInput(
	{ inputs }: Command,
	parser: Parser,
): Record<string, unknown> {
	const typed = parser.opts();
	return Object.fromEntries(
		Object.entries(inputs).map(([key, input]) => [
			key,
			input.kind === "arguments" ? parser.args : (typed[key] ?? input.fallback),
		]),
	);
}

/** Commander throws instead of exiting, and gives its texts instead of printing them. */
function quiet(parser: Parser, show: (text: string) => void): Parser {
	return parser.exitOverride().configureOutput({
		writeOut: show,
		writeErr: () => {},
		getOutHelpWidth: () => 80,
	});
}

function usageError(error: CommanderError, argv: readonly string[]): IgwhError {
	const [message = "", suggestion] = error.message
		.replace(/^error: /, "")
		.split("\n");
	const named = argv.find((word) => !word.startsWith("-"));
	return new IgwhError(
		"usage",
		error.code === "commander.help" ? "no command given" : message,
		suggestion?.replace(/^\(|\)$/g, "") ||
			(named && error.code !== "commander.unknownCommand"
				? `see: igwh ${named} --help`
				: "see: igwh --help"),
	);
}
