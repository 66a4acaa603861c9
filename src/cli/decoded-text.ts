/** A decoded text, and the position of each of its characters in the source. */
export interface DecodedText {
	text: string;
	/** Where a character begins in the source; one more for the end. */
	at: readonly number[];
}

/** How many encodings may be nested, such as a URL in a JSON string. */
const deepest = 3;

/** All readings of a text: unchanged, and with the escapes of URLs, JSON and HTML decoded. */
export function* readings(
	text: string,
	at?: readonly number[],
	depth = 0,
): Generator<DecodedText> {
	const positions = at ?? Array.from({ length: text.length + 1 }, (_, i) => i);
	yield { text, at: positions };
	if (depth === deepest) return;
	for (const [sequence, decode] of encodings) {
		const inner = decoded(text, sequence, decode);
		if (inner)
			yield* readings(
				inner.text,
				inner.at.map((index) => positions[index] as number),
				depth + 1,
			);
	}
}

type Encoding = readonly [
	sequence: RegExp,
	decode: (sequence: string) => string | undefined,
];

/** One character of UTF-8 at a time. */
const percentEncoded =
	"%[0-7][0-9a-f]|%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}";

const encodings: readonly Encoding[] = [
	[new RegExp(percentEncoded, "gi"), percentDecoded],
	[
		new RegExp(`${percentEncoded}|\\+`, "gi"),
		(sequence) => (sequence === "+" ? " " : percentDecoded(sequence)),
	],
	[/\\(?:u[0-9a-f]{4}|["\\/bfnrt])/gi, jsonDecoded],
	[/&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos);/gi, htmlDecoded],
];

function decoded(
	source: string,
	sequence: RegExp,
	decode: Encoding[1],
): DecodedText | undefined {
	let text = "";
	const at: number[] = [];
	let end = 0;
	const plainUpTo = (index: number) => {
		for (let i = end; i < index; i++) at.push(i);
		text += source.slice(end, index);
	};
	for (const { 0: found, index } of source.matchAll(sequence)) {
		const value = decode(found);
		if (value === undefined) continue;
		plainUpTo(index);
		end = index + found.length;
		for (let unit = 0; unit < value.length; unit++) at.push(index);
		text += value;
	}
	if (end === 0) return undefined;
	plainUpTo(source.length);
	return { text, at: [...at, source.length] };
}

function percentDecoded(sequence: string): string | undefined {
	try {
		return decodeURIComponent(sequence);
	} catch {
		return undefined;
	}
}

function jsonDecoded(sequence: string): string | undefined {
	try {
		return JSON.parse(`"${sequence}"`);
	} catch {
		return undefined;
	}
}

const entities: Readonly<Record<string, string>> = {
	"&amp;": "&",
	"&lt;": "<",
	"&gt;": ">",
	"&quot;": '"',
	"&apos;": "'",
};

function htmlDecoded(sequence: string): string | undefined {
	const code = /^&#x/i.test(sequence)
		? Number.parseInt(sequence.slice(3), 16)
		: Number(sequence.slice(2, -1));
	if (!sequence.startsWith("&#")) return entities[sequence.toLowerCase()];
	return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
