import type { Theme } from "../../../cli/theme.ts";
import type { FaultRecord } from "./records.ts";

export function view(
	{ on, fail, delayMs, drop, times }: FaultRecord,
	theme: Theme,
) {
	const what = [
		delayMs !== undefined && `wait ${delayMs} ms`,
		drop && "lose their connection",
		fail !== undefined && `fail with ${fail}`,
	].filter(Boolean);
	const which = on === "*" ? "all calls" : `calls of ${on}`;
	const often = times === undefined ? "" : theme.dim(`, ${times} of them`);
	return `${theme.warn("!")} ${which} ${what.join(" and ")}${often}`;
}
