import type { Theme } from "../../../cli/theme.ts";
import { countOf } from "./count-of.ts";
import type { PrunedRecord } from "./records.ts";

export function view(
	{ deliveries, before, dryRun }: PrunedRecord,
	theme: Theme,
): string {
	return dryRun
		? `${countOf(deliveries)} from before ${before} would be removed`
		: `${theme.good("✓")} removed ${countOf(deliveries)} from before ${before}`;
}
