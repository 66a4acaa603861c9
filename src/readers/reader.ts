import { IgwhError } from "../igwh-error.ts";

/** Turns a text that someone typed into a value. */
export interface Reader<out T> {
	/** @throws Unreadable */
	read(text: string): T;
	/** A text that it accepts, shown where another one is refused. */
	example: string;
}

/** What helps: what to give instead, the name that was meant, or a whole hint. */
type Advice = { give: string } | { suggestion: string } | { hint: string };

/** Why a text is refused; the problem continues a sentence that begins with the text. */
export class Unreadable extends Error {
	override readonly name = "Unreadable";

	constructor(
		readonly problem: string,
		readonly advice: Advice,
		/** The part of the text that is refused, where it is not all of it. */
		readonly part?: string,
	) {
		super(problem);
	}
}

/** Where a text was typed: gives a text as it would be typed there. */
export type Place = (text: string) => string;

/**
 * Reads a text, or says where it was typed and what is wrong with it.
 * @throws IgwhError `usage`
 */
export function readAt<T>(
	place: Place,
	text: string,
	{ read, example }: Reader<T>,
): T {
	try {
		return read(text);
	} catch (error) {
		if (!(error instanceof Unreadable)) throw error;
		const { problem, advice, part = text } = error;
		throw new IgwhError(
			"usage",
			`${place(part)} ${problem}`,
			"hint" in advice
				? advice.hint
				: "give" in advice
					? `give ${advice.give}: ${place(example)}`
					: `did you mean ${advice.suggestion}?`,
		);
	}
}

/** A text as a shell takes it. */
export function quoted(text: string): string {
	return /^[\w@%+=:,./|-]+$/.test(text)
		? text
		: `'${text.replaceAll("'", "'\\''")}'`;
}
