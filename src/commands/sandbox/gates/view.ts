import type { Theme } from "../../../cli/theme.ts";
import type { GateRecord } from "./records.ts";

export function view({ id, open, details, fix }: GateRecord, theme: Theme) {
	if (open) return `${theme.good("✓")} ${id}`;
	return [
		`${theme.warn("–")} ${theme.strong(id)}`,
		...details.map((detail) => `    ${detail}`),
		theme.dim(`    ${fix}`),
	].join("\n");
}
