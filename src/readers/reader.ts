import { IgwhError } from "../igwh-error.ts";

/** Reads a text that someone typed as a value. */
export interface Reader<out T> {
	/** @throws Unreadable */
	read(text: string): T;
	/** A text it accepts, shown when another one is refused. */
	example: string;
}

/** What to give instead, the name that was meant, or a whole hint. */
type Advice =
	| { give: string }
	| { suggestion: string; more?: string }
	| { hint: string };

/** Why a text is refused; the problem continues a sentence that starts with the text. */
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

/** Where a text was typed: returns a text as it would be typed there. */
export type Place = (text: string) => string;

/**
 * Reads a text; the error names where it was typed and what is wrong with it.
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
			hintOf(advice, place, example),
		);
	}
}

function hintOf(advice: Advice, place: Place, example: string): string {
	if ("hint" in advice) return advice.hint;
	if ("give" in advice) return `give ${advice.give}: ${place(example)}`;
	const more = advice.more ? ` (${advice.more})` : "";
	return `did you mean: ${place(advice.suggestion)}${more}`;
}

/** A text quoted for a shell. */
export function quoted(text: string): string {
	return /^[\w@%+=:,./|-]+$/.test(text)
		? text
		: `'${text.replaceAll("'", "'\\''")}'`;
}
