import { styleText } from "node:util";
import { wrapAnsi } from "fast-wrap-ansi";
import type { Panel } from "../world.ts";

export interface PanelSize {
	columns: number;
	/** How many rows the panel may take; the text gets three at least. */
	rows: number;
}

export interface PanelView {
	/** The head, then the part of the text that fits. */
	lines: string[];
	/** How many lines of the text are shown at once. */
	windowRows: number;
	/** The furthest line the window may begin at; 0 where all fits. */
	lastTop: number;
}

/**
 * A panel that fits into the given room: its whole head, then its text, wrapped at
 * words, from the line `top`.
 */
export function panelLines(
	{ head, text }: Panel,
	{ columns, rows }: PanelSize,
	top = 0,
): PanelView {
	const [first = "", ...facts] = head.flatMap((line) => wrapped(line, columns));
	const all = text.flatMap((line) => wrapped(line, columns - 4));
	const room = rows - facts.length - 3;
	// A text that does not fit has a line that shows the position.
	const windowRows = all.length <= room ? all.length : Math.max(3, room - 1);
	const lastTop = Math.max(0, all.length - windowRows);
	const from = Math.min(top, lastTop);
	const part = all.slice(from, from + windowRows);
	return {
		lines: [
			styleText("bold", first),
			...facts.map((line) => styleText("dim", line)),
			"",
			...part.map((line) => `  ${line}`),
			...(lastTop > 0
				? [
						styleText(
							"dim",
							`  lines ${from + 1}–${from + part.length} of ${all.length}`,
						),
					]
				: []),
			"",
		],
		windowRows,
		lastTop,
	};
}

function wrapped(line: string, columns: number): string[] {
	return wrapAnsi(line, Math.max(10, columns), { hard: true }).split("\n");
}
