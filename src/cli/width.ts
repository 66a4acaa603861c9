import widthOf from "fast-string-width";

export { widthOf };

/**
 * A text cut to a number of terminal columns, with a mark where it was cut.
 * Wide characters take two columns; graphemes are not split.
 */
export function clip(text: string, columns: number): string {
	if (widthOf(text) <= columns) return text;
	let left = columns - widthOf(mark);
	let kept = "";
	graphemes ??= new Intl.Segmenter();
	for (const { segment } of graphemes.segment(text)) {
		left -= widthOf(segment);
		if (left < 0) break;
		kept += segment;
	}
	return kept + mark;
}

const mark = "…";
// Created on first use: it is the slowest part here.
let graphemes: Intl.Segmenter | undefined;
