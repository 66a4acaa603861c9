import { command } from "../../../cli/command.ts";
import { flag, option } from "../../../cli/input.ts";
import { deliveredField } from "../../../readers/field.ts";
import { id } from "../../../readers/id.ts";
import { duration } from "../../../readers/time.ts";

export const pruneEvents = command({
	name: "events prune",
	summary: "Remove old deliveries from the store",
	examples: [
		"events prune --older-than 30d",
		"events prune --older-than 1h --field story_insights --dry-run",
	],
	settings: ["home"],
	inputs: {
		olderThan: option(
			"<time>",
			"Remove deliveries received longer ago than this, such as 30d",
			duration,
		),
		field: option("<name>", "Only deliveries with this field", deliveredField),
		account: option("<id>", "Only deliveries of this Instagram account", id),
		invalid: flag("Only deliveries with an invalid signature"),
		duplicates: flag("Only deliveries with a change that arrived before"),
		yes: flag("Don't ask for confirmation"),
		dryRun: flag("Only print how many deliveries would be removed"),
	},
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
