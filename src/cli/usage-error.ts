import type { CommanderError } from "commander";
import { flagName } from "../config/settings.ts";
import { IgwhError } from "../igwh-error.ts";
import { quoted } from "../readers/reader.ts";
import type { Command } from "./command.ts";
import { globalFlags, secretOf } from "./global-flags.ts";

/** What commander refused, as an error of igwh's whose hint is a command to type. */
export function usageError(
	error: CommanderError,
	command: Command | undefined,
): IgwhError {
	const [message = "", suggestion = ""] = error.message
		.replace(/^error: /, "")
		.split("\n");
	const flag = /^(?:unknown )?option '(--[\w-]+)/.exec(message)?.[1] ?? "";
	const known = refusedFlag(flag, command);
	if (known) return known;
	return new IgwhError(
		"usage",
		described(error.code, message, flag || commandLine(command)),
		suggested(suggestion, command) ??
			exampleOf(error.code, flag, command) ??
			`see: ${commandLine(command)} --help`,
	);
}

/** A global flag that a command does not take. */
export function notTaken(flag: string, name: string): IgwhError {
	return new IgwhError(
		"usage",
		`igwh ${name} does not take ${flag}`,
		`see: igwh ${name} --help`,
	);
}

/** An unknown flag that is known elsewhere. */
function refusedFlag(
	flag: string,
	command: Command | undefined,
): IgwhError | undefined {
	const secret = secretOf(flag);
	if (secret)
		return new IgwhError(
			"usage",
			`secrets are not read from flags: ${flag}`,
			`put ${secret.env}=… into .env or the environment`,
		);
	if (flag === "--env-file")
		return new IgwhError(
			"usage",
			"unknown option --env-file",
			"--dotenv names the env file; --env-file is an option of Node",
		);
	const isTaken = command && flagsOf(command).has(flag);
	return isGlobal(flag) && command && !isTaken
		? notTaken(flag, command.name)
		: undefined;
}

/** @param subject the flag or the command that was refused */
function described(code: string, message: string, subject: string): string {
	const [, name] = /'([^']*)'/.exec(message) ?? [];
	switch (code) {
		case "commander.help":
			return "no command given";
		case "commander.unknownCommand":
			return `unknown command "${name}"`;
		case "commander.unknownOption":
			return `unknown option ${name}`;
		case "commander.optionMissingArgument":
			return `${subject} needs a value`;
		case "commander.missingArgument":
			return `<${name}> is required`;
		case "commander.excessArguments":
			return excess(message, subject);
		default:
			return message.replace(/'([^']*)'/g, "$1");
	}
}

/** From `too many arguments for 'verify'. Expected 1 argument but got 2.` */
function excess(message: string, subject: string): string {
	const [taken, given] = [...message.matchAll(/\d+/g)].map(Number);
	return `too many arguments: ${subject} takes ${taken || "none"}, but ${given} ${given === 1 ? "was" : "were"} given`;
}

/** `(Did you mean one of a, b?)`, with the command they belong to. */
function suggested(
	suggestion: string,
	command: Command | undefined,
): string | undefined {
	const [, names] =
		/^\(Did you mean (?:one of )?(.*)\?\)$/.exec(suggestion) ?? [];
	return (
		names &&
		`did you mean: ${names
			.split(", ")
			.map((name) => `${commandLine(command)} ${name}`)
			.join(", or ")}`
	);
}

/** The command line with the missing part added. */
function exampleOf(
	code: string,
	flag: string,
	command: Command | undefined,
): string | undefined {
	if (code === "commander.optionMissingArgument") {
		const example = exampleValue(flag, command);
		return (
			example &&
			`for example: ${commandLine(command)} ${flag} ${quoted(example)}`
		);
	}
	if (code === "commander.missingArgument")
		return `for example: igwh ${command?.examples[0]}`;
	return undefined;
}

function exampleValue(
	flag: string,
	command: Command | undefined,
): string | undefined {
	const named = <T>(inputs: Readonly<Record<string, T>>) =>
		Object.entries(inputs).find(([key]) => flagName(key) === flag)?.[1];
	return (
		(command && named(command.inputs)?.example) ||
		named(globalFlags)?.reader?.example
	);
}

function commandLine(command: Command | undefined): string {
	return command ? `igwh ${command.name}` : "igwh";
}

function flagsOf({ inputs }: Command): Set<string> {
	return new Set(Object.keys(inputs).map(flagName));
}

function isGlobal(flag: string): boolean {
	return Object.keys(globalFlags).some((key) => flagName(key) === flag);
}
