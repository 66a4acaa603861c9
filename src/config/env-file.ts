import { parseEnv } from "node:util";
import { IgwhError } from "../igwh-error.ts";

export interface EnvFile {
	values: Record<string, string | undefined>;
	/** Warnings about the file; they never contain a value. */
	warnings: string[];
}

/**
 * Reads the bytes of an env file in any of the encodings that editors write.
 * @throws IgwhError `configuration` where it is not text
 */
export function readEnvFile(bytes: Uint8Array, path: string): EnvFile {
	const encoding = encodingOf(bytes);
	const text = new TextDecoder(encoding).decode(bytes);
	if (text.includes("\0"))
		throw new IgwhError(
			"configuration",
			`${path} is not a text file`,
			"save it as UTF-8, one NAME=value on each line",
		);
	const lines = text.split(/\r\n|\n|\r/);
	const unreadable = unreadableLines(lines);
	// Node's parser would take the next assignment for a part of such a line.
	for (const line of unreadable) lines[line - 1] = "";
	return {
		values: parseEnv(lines.join("\n")),
		warnings: [
			...(encoding === "utf-8"
				? []
				: [
						`${path} is encoded as ${encoding.toUpperCase()}; igwh reads it, many programs do not: save it as UTF-8`,
					]),
			...unreadable.map(
				(line) => `line ${line} of ${path} is ignored: it is not NAME=value`,
			),
		],
	};
}

export type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** Without a byte-order mark it is UTF-8; the decoder removes the mark. */
export function encodingOf([first, second]: Uint8Array): Encoding {
	if (first === 0xff && second === 0xfe) return "utf-16le";
	if (first === 0xfe && second === 0xff) return "utf-16be";
	return "utf-8";
}

/** The lines of an env file that belong together, by index. */
export interface Statement {
	/** The name that they assign a value to; nothing for a line without an assignment. */
	name: string | undefined;
	first: number;
	last: number;
}

const assignment = /^\s*(?:export\s+)?(?<name>[\w.-]+)\s*=\s*(?<value>.*)$/;

/** Every statement of an env file, without comments and empty lines. */
export function* statementsOf(lines: readonly string[]): Generator<Statement> {
	for (let index = 0; index < lines.length; index++) {
		const line = lines[index] as string;
		if (/^\s*(#|$)/.test(line)) continue;
		const { name, value } = assignment.exec(line)?.groups ?? {};
		const first = index;
		if (value !== undefined) index = lastLine(value, index, lines);
		yield { name, first, last: index };
	}
}

/** The numbers of the lines without an assignment. */
function unreadableLines(lines: readonly string[]): number[] {
	return [...statementsOf(lines)]
		.filter(({ name }) => name === undefined)
		.map(({ first }) => first + 1);
}

/** A quoted value may span several lines. */
function lastLine(
	value: string,
	index: number,
	lines: readonly string[],
): number {
	const [quote = ""] = value;
	if (!/["'`]/.test(quote) || value.indexOf(quote, 1) > 0) return index;
	const rest = lines.slice(index + 1).findIndex((line) => line.includes(quote));
	return rest < 0 ? index : index + 1 + rest;
}
