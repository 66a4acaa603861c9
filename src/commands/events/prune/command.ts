import { command } from "../../../cli/command.ts";
import { flag, option } from "../../../cli/input.ts";
import { deliveredField } from "../../../readers/field.ts";
import { id } from "../../../readers/id.ts";
import { duration } from "../../../readers/time.ts";

export const pruneEvents = command({
	name: "events prune",
	summary: "Remove stored deliveries that are old",
	examples: [
		"events prune --older-than 30d",
		"events prune --older-than 1h --field story_insights --dry-run",
	],
	settings: ["home"],
	inputs: {
		olderThan: option(
			"<time>",
			"received longer ago than this, such as 30d",
			duration,
		),
		field: option(
			"<name>",
			"only those with a change of this field",
			deliveredField,
		),
		account: option("<id>", "only those of this Instagram account", id),
		invalid: flag("only those whose signature was not valid"),
		duplicates: flag("only those with a change that came before"),
		yes: flag("do not ask"),
		dryRun: flag("only say how many it would remove"),
	},
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
