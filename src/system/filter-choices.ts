import type { Choice } from "../world.ts";

/** A filtered list. */
export interface Filtered<T> {
	/** The choices that match, then those that always stay. */
	shown: Choice<T>[];
	/** How many choices match, of how many. */
	matching: number;
	total: number;
	/** The choice under the cursor at first: the first that matches, if any. */
	first: number | undefined;
}

/** Keeps the choices whose names contain every typed word, and those that always stay. */
export function filterChoices<T>(
	choices: readonly Choice<T>[],
	term: string,
): Filtered<T> {
	const words = term.toLowerCase().split(/\s+/);
	const matches = ({ name }: Choice<T>) =>
		words.every((word) => name.toLowerCase().includes(word));
	const items = choices.filter(({ always }) => !always);
	const matching = items.filter(matches);
	const shown = [...matching, ...choices.filter(({ always }) => always)];
	const first = shown.findIndex(matches);
	return {
		shown,
		matching: matching.length,
		total: items.length,
		first: first < 0 ? undefined : first,
	};
}
