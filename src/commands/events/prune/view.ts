import type { Theme } from "../../../cli/theme.ts";
import { countOf } from "./count-of.ts";
import type { PrunedRecord } from "./records.ts";

export function view(
	{ deliveries, before, dryRun }: PrunedRecord,
	theme: Theme,
): string {
	const what = `${countOf(deliveries)} from before ${before}`;
	const reason = deliveries === 0 ? "; the newest delivery always stays" : "";
	return dryRun
		? `${what} would be removed${reason}`
		: `${theme.good("✓")} removed ${what}${reason}`;
}
