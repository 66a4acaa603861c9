import type { Theme } from "../../../cli/theme.ts";
import type { PrunedRecord } from "./records.ts";

export function view(
	{ deliveries, before, dryRun }: PrunedRecord,
	theme: Theme,
): string {
	return dryRun
		? `${deliveries} deliveries from before ${before} would be removed`
		: `${theme.good("✓")} removed ${deliveries} deliveries from before ${before}`;
}
