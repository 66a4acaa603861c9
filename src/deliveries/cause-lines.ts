import type { Theme } from "../cli/theme.ts";
import type { Forward } from "../store/deliveries.ts";
import { wrapWords } from "./clip-text.ts";
import { appName } from "./forward-mark.ts";

/** The likely causes of the failures of apps, named where there are several. */
export function causeLines(
	forwards: readonly Forward[],
	theme: Theme,
): string[] {
	return forwards.flatMap(({ hint, url }) => {
		const app = forwards.length > 1 ? `${appName(url)}: ` : "";
		return hint ? belowLine(`${app}${hint}`, theme, theme.warn) : [];
	});
}

/** A text that stands below a line: indented, and broken at words. */
export function belowLine(
	text: string,
	{ columns }: Pick<Theme, "columns">,
	colour: (text: string) => string,
): string[] {
	return wrapWords(text, columns - 4).map((line) => colour(`    ${line}`));
}
