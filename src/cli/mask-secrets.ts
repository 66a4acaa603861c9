import { readings } from "./decoded-text.ts";
import { safeText } from "./safe-text.ts";

/**
 * Shorter than any secret of Meta's. A secret of at least this length is masked
 * where only its beginning appears too. A shorter one is masked as a whole word
 * only: otherwise parts of other words would be masked.
 */
const shortLength = 8;

/**
 * A text without the values that must not appear, in any form: plain, escaped for
 * URLs, JSON or HTML, in Base64, or cut after their first 8 characters.
 */
export function maskSecrets(
	text: string,
	values: readonly string[],
	mask = "[redacted]",
): string {
	const { long, short } = needlesOf(values);
	if (long.length + short.length === 0) return text;
	const found: Range[] = [];
	const escapes = mayHaveEscapes.test(text);
	for (const reading of escapes ? readings(text) : [{ text }]) {
		const position = (index: number) =>
			"at" in reading ? (reading.at[index] as number) : index;
		for (const [from, to] of rangesIn(reading.text, long, short))
			found.push([position(from), position(to)]);
	}
	return found.length > 0 ? replaced(text, found, mask) : text;
}

/** Masks every string and every name of a value. */
export function maskSecretsIn<T>(
	value: T,
	values: readonly string[],
	mask?: string,
): T {
	const inner = (value: unknown): unknown => {
		if (typeof value === "string") return maskSecrets(value, values, mask);
		if (Array.isArray(value)) return value.map(inner);
		if (typeof value !== "object" || value === null) return value;
		return Object.fromEntries(
			Object.entries(value).map(([key, one]) => [
				maskSecrets(key, values, mask),
				inner(one),
			]),
		);
	};
	return inner(value) as T;
}

type Range = [from: number, to: number];

/** A spelling to search for, and its beginning, which is masked too. */
interface Needle {
	text: string;
	beginning: string;
}

interface Needles {
	long: Needle[];
	short: RegExp[];
}

const mayHaveEscapes = /[%\\&+]/;

function* rangesIn(
	text: string,
	long: readonly Needle[],
	short: readonly RegExp[],
): Generator<Range> {
	for (const { text: needle, beginning } of long) {
		let from = text.indexOf(beginning);
		while (from >= 0) {
			let length = beginning.length;
			while (length < needle.length && text[from + length] === needle[length])
				length++;
			yield [from, from + length];
			from = text.indexOf(beginning, from + length);
		}
	}
	for (const word of short)
		for (const { 0: found, index } of text.matchAll(word))
			yield [index, index + found.length];
}

function replaced(text: string, found: Range[], mask: string): string {
	let shown = "";
	let end = 0;
	for (const [from, to] of found.sort(([a], [b]) => a - b)) {
		if (to <= end) continue;
		// A range that overlaps the previous one is merged with it.
		if (from >= end) shown += text.slice(end, from) + mask;
		end = to;
	}
	return shown + text.slice(end);
}

let last: { values: readonly string[]; needles: Needles } | undefined;

/** Every line is masked, and the values rarely change. */
function needlesOf(values: readonly string[]): Needles {
	const known =
		last?.values.length === values.length &&
		last.values.every((value, index) => value === values[index]);
	if (!known || !last) last = { values, needles: makeNeedles(values) };
	return last.needles;
}

function makeNeedles(values: readonly string[]): Needles {
	const needles: Needles = { long: [], short: [] };
	// A terminal shows a value without control characters.
	for (const value of new Set(values.flatMap((one) => [one, safeText(one)])))
		if (value.length >= shortLength) {
			needles.long.push(
				{ text: value, beginning: value.slice(0, shortLength) },
				...base64Needles(value),
			);
		} else if (value !== "")
			needles.short.push(
				asWord(value),
				...(value.length > 2 ? [asWord(base64(value, "base64"))] : []),
			);
	return needles;
}

/** In Base64 a value has three forms: the bytes before it may shift it by one or two. */
function base64Needles(value: string): Needle[] {
	return (["base64", "base64url"] as const).flatMap((alphabet) =>
		[0, 1, 2].map((shift) => {
			const whole = shifted(value, shift, alphabet);
			const start = shifted(value.slice(0, shortLength), shift, alphabet);
			let length = 0;
			while (length < start.length && start[length] === whole[length]) length++;
			return { text: whole, beginning: whole.slice(0, length) };
		}),
	);
}

/** The letters that depend on the value alone. */
function shifted(value: string, shift: number, alphabet: BufferEncoding) {
	const bytes = Buffer.from(value);
	const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString(alphabet);
	return text.slice(
		Math.ceil((shift * 8) / 6),
		Math.floor(((shift + bytes.length) * 8) / 6),
	);
}

function base64(value: string, alphabet: BufferEncoding): string {
	return Buffer.from(value).toString(alphabet).replace(/=+$/, "");
}

function asWord(value: string): RegExp {
	const literal = value.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
	return new RegExp(`(?<![\\p{L}\\p{N}_])${literal}(?![\\p{L}\\p{N}_])`, "gu");
}
