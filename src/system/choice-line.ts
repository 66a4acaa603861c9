import { styleText } from "node:util";
import { clip } from "../cli/width.ts";
import type { Choice } from "../world.ts";

/** A choice on one line of a prompt. */
export function choiceLine(
	{ name }: Choice<unknown>,
	{ isActive, columns }: { isActive: boolean; columns: number },
): string {
	const shown = clip(name, columns - 3);
	return isActive ? styleText("cyan", `❯ ${shown}`) : `  ${shown}`;
}
