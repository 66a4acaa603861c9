import { command } from "../../cli/command.ts";
import { flag, option } from "../../cli/input.ts";
import { id } from "../../readers/id.ts";
import { timeBound } from "../../readers/time.ts";

export const insights = command({
	name: "insights",
	summary: "Show received story insights, with totals and rates",
	examples: [
		"insights",
		"insights --since 7d",
		"insights --account 17841405309211844 --csv",
	],
	settings: ["home"],
	inputs: {
		account: option("<id>", "Only stories of this Instagram account", id),
		since: option(
			"<time>",
			"Only since this date (UTC) or this long ago, such as 7d",
			timeBound,
		),
		csv: flag("Print CSV for spreadsheets"),
	},
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
