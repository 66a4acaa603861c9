import { oneOf } from "../readers/name.ts";
import { type Reader, Unreadable } from "../readers/reader.ts";

/** One value that a command takes, with its reader; the flag's name is its key in `inputs`. */
export interface Input<T> extends Reader<T> {
	kind: "positionals" | "positional" | "flag" | "negatable" | "value";
	/** What the help shows after the flag, e.g. `<url>`. */
	placeholder: string;
	description: string;
	/** The value when it is not given. */
	fallback: T;
	/** What `--no-name` does, for an input that has both. */
	negated?: string;
	/** The fallback as it would be typed. */
	shownFallback?: string;
	/** It may be given several times; the lists that are read add up. */
	repeats?: true;
	/** Its heading in the help, e.g. `Tunnel`; `Options` by default. */
	group?: string;
}

/** Groups inputs under a heading in the help. */
export function group<const I extends Record<string, Input<unknown>>>(
	heading: string,
	inputs: I,
): I {
	return Object.fromEntries(
		Object.entries(inputs).map(([key, input]) => [
			key,
			{ ...input, group: heading },
		]),
	) as I;
}

/** Positional arguments, e.g. `[id...]`; the last input of a command at most once. */
export function positionals<T>(
	placeholder: string,
	description: string,
	reader: Reader<T>,
): Input<readonly T[]> {
	return {
		...each(reader),
		kind: "positionals",
		placeholder,
		description,
		fallback: [],
	};
}

/** One positional argument: `<field>` is required, `[url]` may be left out. */
export function positional<T>(
	placeholder: `<${string}>`,
	description: string,
	reader: Reader<T>,
): Input<T>;
export function positional<T>(
	placeholder: `[${string}]`,
	description: string,
	reader: Reader<T>,
): Input<T | undefined>;
export function positional<T>(
	placeholder: string,
	description: string,
	reader: Reader<T>,
): Input<T | undefined> {
	return {
		...reader,
		kind: "positional",
		placeholder,
		description,
		fallback: undefined,
	};
}

export function flag(description: string): Input<boolean> {
	return {
		kind: "flag",
		placeholder: "",
		description,
		fallback: false,
		...yes,
	};
}

/** `--name` and `--no-name`, for a default that depends on other settings. */
export function negatable(
	description: string,
	negated: string,
): Input<boolean | undefined> {
	return {
		kind: "negatable",
		placeholder: "",
		description,
		negated,
		fallback: undefined,
		...yes,
	};
}

const yes: Reader<true> = { read: () => true, example: "" };

/** A flag with a value. @param fallback the value when it is not given, as it would be typed */
export function option<T>(
	placeholder: string,
	description: string,
	reader: Reader<T>,
): Input<T | undefined>;
export function option<T>(
	placeholder: string,
	description: string,
	reader: Reader<T>,
	fallback: string,
): Input<T>;
export function option<T>(
	placeholder: string,
	description: string,
	reader: Reader<T>,
	fallback?: string,
): Input<T | undefined> {
	return {
		...reader,
		kind: "value",
		placeholder,
		description,
		...(fallback === undefined
			? { fallback: undefined }
			: { fallback: reader.read(fallback), shownFallback: fallback }),
	};
}

/** One of a few names, which the help lists. */
export function choice<const T extends string>(
	placeholder: string,
	description: string,
	names: readonly T[],
): Input<T | undefined> {
	return option(
		placeholder,
		`${description}: ${names.join(", ")}`,
		oneOf(names),
	);
}

/** A value that may be given several times. */
export function repeatable<T>(
	placeholder: string,
	description: string,
	reader: Reader<T>,
): Input<readonly T[]> {
	return {
		...each(reader),
		kind: "value",
		placeholder,
		description: `${description}; may be given several times`,
		fallback: [],
		repeats: true,
	};
}

/** Values separated by commas; given several times, all of them count. */
export function list<T>(
	placeholder: string,
	description: string,
	reader: Reader<T>,
	fallback: readonly string[] = [],
): Input<readonly T[]> {
	const read = (text: string) => {
		const parts = text
			.split(",")
			.map((part) => part.trim())
			.filter(Boolean);
		if (parts.length === 0)
			throw new Unreadable("is empty", { give: "names separated by commas" });
		return parts.map((part) => readPart(part, reader));
	};
	const shown = fallback.join(",");
	return {
		read,
		example: reader.example,
		kind: "value",
		placeholder,
		description,
		fallback: shown ? read(shown) : [],
		...(shown && { shownFallback: shown }),
		repeats: true,
	};
}

function each<T>({ read, example }: Reader<T>): Reader<readonly T[]> {
	return { read: (text) => [read(text)], example };
}

/** The error names the part, not the whole list. */
function readPart<T>(part: string, { read }: Reader<T>): T {
	try {
		return read(part);
	} catch (error) {
		if (!(error instanceof Unreadable)) throw error;
		throw new Unreadable(error.problem, error.advice, error.part ?? part);
	}
}
