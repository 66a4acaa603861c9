import widthOf from "fast-string-width";

export { widthOf };

/**
 * A text cut to so many columns of a terminal, with a mark where something is
 * missing. Wide characters take two; what makes one sign stays together.
 */
export function clip(text: string, columns: number): string {
	if (widthOf(text) <= columns) return text;
	let left = columns - widthOf(mark);
	let kept = "";
	signs ??= new Intl.Segmenter();
	for (const { segment } of signs.segment(text)) {
		left -= widthOf(segment);
		if (left < 0) break;
		kept += segment;
	}
	return kept + mark;
}

const mark = "…";
// Made when first needed: it takes longer than all else here.
let signs: Intl.Segmenter | undefined;
