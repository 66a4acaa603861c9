import { command, flag, list, words } from "../command.ts";
import { mentionLines } from "../output/mention-lines.ts";
import { lookup as readMentions } from "../use-cases/lookup.ts";

export const lookup = command({
	name: "lookup",
	summary: "Show what mentions and comments say, and who says it",
	examples: [
		"lookup",
		"lookup 17894227972186120",
		"lookup d12 --json",
		"lookup --state answered,skipped",
	],
	inputs: {
		ids: words(
			"[id...]",
			"comment, media or delivery ids, asked for anew; the inbox if left out",
		),
		state: list(
			"<names>",
			"which part of the inbox: new, answered, skipped, failed or all",
			["new", "failed"],
		),
		refresh: flag("ask Meta again for what is known already"),
	},
	usesGraph: true,
	run: readMentions,
	human: mentionLines,
});
