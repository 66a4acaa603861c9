import { clip, widthOf } from "../cli/width.ts";

/** A text cut to so many columns, but never within an id: what is left of one is of no use. */
export function clipText(text: string, columns: number): string {
	if (widthOf(text) <= columns) return text;
	const kept = clip(text, columns).slice(0, -1);
	const digits = /\d+$/.exec(kept)?.[0] ?? "";
	const next = text.slice(kept.length);
	if (!isCutId(digits, next)) return `${kept}…`;
	const before = kept.slice(0, kept.length - digits.length).trimEnd();
	return before && `${before}…`;
}

function isCutId(kept: string, next: string): boolean {
	const left = /^\d*/.exec(next)?.[0] ?? "";
	return kept !== "" && left !== "" && kept.length + left.length >= shortestId;
}

const shortestId = 10;

/** Lines of at most so many columns, broken at spaces; a longer word keeps its length. */
export function wrapWords(text: string, columns: number): string[] {
	const lines: string[] = [];
	let line = "";
	for (const word of text.split(" ")) {
		const longer = line === "" ? word : `${line} ${word}`;
		if (line !== "" && widthOf(longer) > columns) {
			lines.push(line);
			line = word;
		} else line = longer;
	}
	return [...lines, line];
}
