import type { Theme } from "../cli/theme.ts";
import type { TargetFailureRecord } from "./each-target.ts";

/** `✗ page 1755847768034402  Meta refused …` */
export function targetFailureLine(
	{ target, id, message, hint }: TargetFailureRecord,
	theme: Theme,
): string {
	return `${theme.bad("✗")} ${target} ${theme.strong(id)}  ${message}\n    ${theme.dim(hint)}`;
}
