import { command, flag, moment, text } from "../command.ts";
import { storyLines } from "../output/story-lines.ts";
import { insights as tellInsights } from "../use-cases/insights.ts";

export const insights = command({
	name: "insights",
	summary: "Show the captured story insights, with totals and rates",
	examples: [
		"insights",
		"insights --since 7d",
		"insights --account 17841405309211844 --csv",
	],
	inputs: {
		account: text("<id>", "those of this Instagram account"),
		since: moment("<time>", "received since: 24h, 7d, 2w or 2026-11-01 (UTC)"),
		csv: flag("as a table for spreadsheets"),
	},
	run: tellInsights,
	human: storyLines,
});
