import { IgwhError } from "../igwh-error.ts";
import {
	type Encoding,
	encodingOf,
	readEnvFile,
	statementsOf,
} from "./env-file.ts";

/**
 * An env file with these values, by environment name. Every other line stays as
 * it is, byte for byte and in its place. A comment behind a value stays as well.
 * New names are added at the end.
 * @param bytes the file; nothing where there is none yet
 * @param path for the errors
 * @throws IgwhError `configuration` where the values cannot be written so that
 * all of the file still reads as before
 */
export function editEnvFile(
	bytes: Uint8Array | undefined,
	values: Readonly<Record<string, string>>,
	path: string,
): Uint8Array {
	const before = bytes ?? new Uint8Array();
	const current = readEnvFile(before, path).values;
	const changed = Object.entries(values).filter(
		([name, value]) => current[name] !== value,
	);
	const codec = codecs[encodingOf(before)];
	const [, mark = "", text = ""] =
		/^(\ufeff|\u00ef\u00bb\u00bf)?([\s\S]*)$/.exec(codec.decode(before)) ?? [];
	let edited = text;
	for (const [name, value] of changed)
		edited = assign(edited, name, codec.encodeValue(quote(value, path)));
	const after = codec.encode(mark + edited);
	requireSame({ ...current, ...values }, readEnvFile(after, path).values, path);
	return after;
}

interface Codec {
	decode(bytes: Uint8Array): string;
	encode(text: string): Uint8Array;
	/** A value as `decode` returns it. */
	encodeValue(value: string): string;
}

/** One character for each byte, so that bytes that are not UTF-8 survive. */
const utf8: Codec = {
	decode: (bytes) => Buffer.from(bytes).toString("latin1"),
	encode: (text) => Buffer.from(text, "latin1"),
	encodeValue: (value) => Buffer.from(value).toString("latin1"),
};

const codecs: Readonly<Record<Encoding, Codec>> = {
	"utf-8": utf8,
	"utf-16le": {
		decode: (bytes) => Buffer.from(bytes).toString("utf16le"),
		encode: (text) => Buffer.from(text, "utf16le"),
		encodeValue: (value) => value,
	},
	"utf-16be": {
		decode: (bytes) => evenBytes(bytes).swap16().toString("utf16le"),
		encode: (text) => Buffer.from(text, "utf16le").swap16(),
		encodeValue: (value) => value,
	},
};

/** Half a character at the end is dropped. */
function evenBytes(bytes: Uint8Array): Buffer {
	return Buffer.from(bytes.subarray(0, bytes.length & ~1));
}

/** Replaces the value of the last assignment, which is the one that counts, or adds one. */
function assign(text: string, name: string, quoted: string): string {
	const lines = text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
	const bare = lines.map((line) => line.replace(/[\r\n]+$/, ""));
	const found = [...statementsOf(bare)].findLast((one) => one.name === name);
	if (!found) return append(text, `${name}=${quoted}`);
	const { first, last } = found;
	const old = lines.slice(first, last + 1).join("");
	return [
		...lines.slice(0, first),
		withValue(old, quoted),
		...lines.slice(last + 1),
	].join("");
}

function append(text: string, line: string): string {
	const [end = "\n"] = /\r\n|\r|\n/.exec(text) ?? [];
	const isOpen = text !== "" && !/[\r\n]$/.test(text);
	return `${text}${isOpen ? end : ""}${line}${end}`;
}

/** One assignment with another value; the text around it is unchanged. */
function withValue(old: string, quoted: string): string {
	const [, head = "", rest = "", end = ""] =
		/^([^=]*=[^\S\r\n]*)([\s\S]*?)([\r\n]*)$/.exec(old) ?? [];
	const comment = commentOf(rest);
	return `${head}${quoted}${comment.startsWith("#") ? " " : ""}${comment}${end}`;
}

/** The comment behind a value, with the white space before it. */
function commentOf(rest: string): string {
	const [quoteMark = ""] = rest;
	const close = /["'`]/.test(quoteMark) ? rest.indexOf(quoteMark, 1) : -1;
	if (close > 0) return /^\s*#.*/.exec(rest.slice(close + 1))?.[0] ?? "";
	return /\s*#.*$/.exec(rest)?.[0] ?? "";
}

/** @throws IgwhError for a text that no quotes can hold */
function quote(value: string, path: string): string {
	if (/^[\w@%+=:,./|-]+$/.test(value)) return value;
	const mark = ["'", '"', "`"].find((one) => !value.includes(one));
	if (mark && !/[\r\n\\]/.test(value)) return `${mark}${value}${mark}`;
	throw unwritable(path, "a value has characters that no quotes can hold");
}

/** An unclosed quotation mark in the file could change what the edited lines mean. */
function requireSame(
	wanted: Readonly<Record<string, string | undefined>>,
	read: Readonly<Record<string, string | undefined>>,
	path: string,
): void {
	const names = [...new Set([...Object.keys(wanted), ...Object.keys(read)])];
	const other = names.find((name) => wanted[name] !== read[name]);
	if (other !== undefined)
		throw unwritable(path, `${other} in it would read differently`);
}

function unwritable(path: string, problem: string): IgwhError {
	return new IgwhError(
		"configuration",
		`${path} is left as it was: ${problem}`,
		`correct the quotes in ${path}, or write another file with --dotenv`,
	);
}
