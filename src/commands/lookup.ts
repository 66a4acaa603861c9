import { command, words } from "../command.ts";
import { mentionLines } from "../output/mention-lines.ts";
import { lookup as readMentions } from "../use-cases/lookup.ts";

export const lookup = command({
	name: "lookup",
	summary: "Show what mentions and comments say, and who says it",
	examples: ["lookup", "lookup 17894227972186120", "lookup d12 --json"],
	inputs: {
		ids: words(
			"[id...]",
			"comment, media or delivery ids; all unanswered if left out",
		),
	},
	usesGraph: true,
	run: readMentions,
	human: mentionLines,
});
