import type { Config } from "./config.ts";
import { readDuration } from "./duration.ts";
import { type Moment, readMoment } from "./moment.ts";
import type { Paint } from "./output/paint.ts";
import type { AnyRecord } from "./records.ts";
import type { World } from "./world.ts";

/** One value a command takes; the flag's name is its key in `inputs`. */
export interface Input<T> {
	kind: "arguments" | "flag" | "either" | "value" | "pairs";
	/** What the help shows behind the flag, e.g. `<url>`. */
	placeholder: string;
	description: string;
	/** The value when it is not given. */
	fallback: T;
	/** It may be given several times; what each gives is one list. */
	repeats?: true;
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
	/** How many milliseconds it may take to wind up after the first Ctrl-C; 2 s where left out. */
	drainMs?: number;
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

/** A value that may be given several times. */
export function several(
	placeholder: string,
	description: string,
): Input<readonly string[]> {
	return {
		kind: "value",
		placeholder,
		description: `${description}; may be given several times`,
		fallback: [],
		repeats: true,
		read: (typed) => [typed],
	};
}

/** A length of time such as `30s`, in milliseconds. */
export function duration(
	placeholder: string,
	description: string,
): Input<number | undefined> {
	return {
		kind: "value",
		placeholder,
		description,
		fallback: undefined,
		read: (typed) => {
			const milliseconds = readDuration(typed);
			if (milliseconds === undefined)
				throw new Error("it takes a time such as 30s, 5m, 2h or 30d");
			return milliseconds;
		},
	};
}

/** A point in time, such as `2026-11-21` or `2h` for two hours ago. */
export function moment(
	placeholder: string,
	description: string,
): Input<Moment | undefined> {
	return {
		kind: "value",
		placeholder,
		description,
		fallback: undefined,
		read: (typed) => {
			const moment = readMoment(typed);
			if (moment === undefined)
				throw new Error(
					"it takes a date such as 2026-11-21, or a time ago such as 2h or 7d",
				);
			return moment;
		},
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
export function wholeNumber<T extends number | undefined>(
	placeholder: string,
	description: string,
	fallback: T,
	[least, most]: readonly [number, number],
): Input<number | T> {
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

/** A flag of two words, the first of them a name, that may be given several times. */
export function pairs<const T extends string>(
	placeholder: string,
	description: string,
	names: readonly T[],
): Input<readonly (readonly [name: T, word: string])[]> {
	return {
		kind: "pairs",
		placeholder,
		description: `${description}: ${names.join(", ")}`,
		fallback: [],
		repeats: true,
		read: (typed) => {
			const mark = typed.indexOf(" ");
			const name = names.find((name) => name === typed.slice(0, mark));
			if (name === undefined)
				throw new Error(`it takes ${placeholder}, with ${names.join(", ")}`);
			return [[name, typed.slice(mark + 1)]];
		},
	};
}
