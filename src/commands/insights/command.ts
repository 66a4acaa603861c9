import { command } from "../../cli/command.ts";
import { flag, option } from "../../cli/input.ts";
import { id } from "../../readers/id.ts";
import { timeBound } from "../../readers/time.ts";

export const insights = command({
	name: "insights",
	summary: "Show the captured story insights, with totals and rates",
	examples: [
		"insights",
		"insights --since 7d",
		"insights --account 17841405309211844 --csv",
	],
	settings: ["home"],
	inputs: {
		account: option("<id>", "those of this Instagram account", id),
		since: option(
			"<time>",
			"received since: 24h, 7d, 2w or 2026-11-01 (UTC)",
			timeBound,
		),
		csv: flag("as a table for spreadsheets"),
	},
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
