import { IgwhError } from "../igwh-error.ts";
import { type Reader, readAt } from "../readers/reader.ts";
import type { World } from "../world.ts";

interface SecretCommand {
	/** The environment name that holds the command, e.g. `IGWH_APP_SECRET_COMMAND`. */
	name: string;
	/** Where it is set: `.env`, `the environment`. */
	where: string;
	commandLine: string;
	reader: Reader<string>;
}

/** Long enough to confirm with a fingerprint, or to type a passphrase. */
const timeoutMs = 60_000;

/**
 * A secret that a command prints. The command runs when the secret is first
 * read, and once; neither its command line nor its output is ever shown.
 */
export function secretCommand(
	command: SecretCommand,
	{ processes }: Pick<World, "processes">,
) {
	let text = "";
	return {
		/** Empty until the command has run. */
		get text() {
			return text;
		},
		/** @throws IgwhError `configuration` where the command fails, `usage` where it prints no secret */
		value(): string {
			text ||= readOutput(command, processes);
			return readAt(
				() => `what the command in ${command.name} prints`,
				text,
				command.reader,
			);
		},
	};
}

function readOutput(
	{ name, where, commandLine }: SecretCommand,
	processes: World["processes"],
): string {
	const finished = processes.capture(commandLine, timeoutMs);
	const { code, timedOut, stdout, problem } = finished;
	// When Ctrl-C ends the command, the shell exits with the signal's code.
	if (code === interruptedCode && !timedOut)
		throw new IgwhError("interrupted", "interrupted", "run the command again");
	const text = stdout.trim();
	const failure = timedOut
		? `did not end within ${timeoutMs / 1000} s`
		: code !== 0
			? `exited with ${code}`
			: (problem ?? (text ? undefined : "printed nothing"));
	if (failure === undefined) return text;
	throw new IgwhError(
		"configuration",
		`the command in ${name}, set in ${where}, ${failure}`,
		`run it in a shell to see why, or set ${name.replace(/_COMMAND$/, "")} instead`,
	);
}

const interruptedCode = 130;
