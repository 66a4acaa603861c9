import type { Config } from "./config.ts";
import type { Paint } from "./output/paint.ts";
import type { AnyRecord } from "./records.ts";
import type { World } from "./world.ts";

/** One value a command takes; the flag's name is its key in `inputs`. */
export interface Input<T> {
	kind: "arguments" | "flag" | "either" | "value";
	/** What the help shows behind the flag, e.g. `<url>`. */
	placeholder: string;
	description: string;
	/** The value when it is not given. */
	fallback: T;
	/** Reads what was typed. @throws Error with what is wrong about it */
	read(typed: string): T;
}

type Values<I> = { [K in keyof I]: I[K] extends Input<infer T> ? T : never };

type UseCase<I, R> = (
	input: Values<I>,
	config: Config,
	world: World,
) => AsyncIterable<R>;

/** A command as it is declared: no logic, only what it takes, does and shows. */
export interface CommandSpec<I, R extends AnyRecord> {
	name: string;
	summary: string;
	/** Command lines that work, without the program's name in front. */
	examples: readonly string[];
	inputs: I;
	/** It calls the Graph API: with `--sandbox` one must be there. */
	usesGraph?: boolean;
	run: UseCase<I, R>;
	/** How a record reads for a person; nothing where it says nothing to them. */
	human(record: R, paint: Paint): string | undefined;
}

/** A command of any inputs and records, as the program handles it. */
export interface Command
	extends CommandSpec<Record<string, Input<unknown>>, AnyRecord> {}

/** Declares a command; the compiler refuses inputs that do not fit its use case. */
export function command<const I, R extends AnyRecord>(
	spec: CommandSpec<I, R>,
): CommandSpec<I, R> {
	return spec;
}

/** Positional words, e.g. `[id...]`; the last input of a command at most once. */
export function words(
	placeholder: string,
	description: string,
): Input<string[]> {
	return {
		kind: "arguments",
		placeholder,
		description,
		fallback: [],
		read: (typed) => [typed],
	};
}

export function flag(description: string): Input<boolean> {
	return {
		kind: "flag",
		placeholder: "",
		description,
		fallback: false,
		read: () => true,
	};
}

/** `--name` and `--no-name`, for a default that depends. */
export function either(description: string): Input<boolean | undefined> {
	return {
		kind: "either",
		placeholder: "",
		description,
		fallback: undefined,
		read: () => true,
	};
}

export function text(
	placeholder: string,
	description: string,
): Input<string | undefined>;
export function text(
	placeholder: string,
	description: string,
	fallback: string,
): Input<string>;
export function text(
	placeholder: string,
	description: string,
	fallback?: string,
): Input<string | undefined> {
	return {
		kind: "value",
		placeholder,
		description,
		fallback,
		read: (typed) => typed,
	};
}

/** Names separated by commas. */
export function list(
	placeholder: string,
	description: string,
	fallback: readonly string[],
): Input<readonly string[]> {
	return {
		kind: "value",
		placeholder,
		description,
		fallback,
		read: (typed) =>
			typed
				.split(",")
				.map((name) => name.trim())
				.filter(Boolean),
	};
}

/** A whole number from `least` to `most`. */
export function wholeNumber(
	placeholder: string,
	description: string,
	fallback: number,
	[least, most]: readonly [number, number],
): Input<number> {
	return {
		kind: "value",
		placeholder,
		description,
		fallback,
		read: (typed) => {
			const value = Number(typed);
			if (!/^\d+$/.test(typed) || value < least || value > most)
				throw new Error(`it takes a whole number from ${least} to ${most}`);
			return value;
		},
	};
}

/** One of a few names. */
export function oneOf<const T extends string>(
	placeholder: string,
	description: string,
	names: readonly T[],
): Input<T | undefined> {
	return {
		kind: "value",
		placeholder,
		description: `${description}: ${names.join(", ")}`,
		fallback: undefined,
		read: (typed) => {
			const name = names.find((name) => name === typed);
			if (name === undefined) throw new Error(`it takes ${names.join(", ")}`);
			return name;
		},
	};
}
