import { command } from "../../cli/command.ts";
import { flag, list, positionals } from "../../cli/input.ts";
import { graphSettings } from "../../config/settings.ts";
import { contentId } from "../../readers/id.ts";
import { oneOf } from "../../readers/name.ts";
import { inboxStates } from "../../store/inbox-states.ts";

export const lookup = command({
	name: "lookup",
	summary: "Show the text, author and media of mentions and comments",
	examples: [
		"lookup",
		"lookup 17894227972186120",
		"lookup d12 --json",
		"lookup --state answered,skipped",
	],
	settings: [...graphSettings, "igUserId", "home"],
	inputs: {
		ids: positionals(
			"[id...]",
			"comment, media or delivery ids; the inbox if left out",
			contentId,
		),
		state: list(
			"<names>",
			"inbox states to show: new, answered, skipped, failed or all",
			oneOf([...inboxStates, "all"]),
			["new", "failed"],
		),
		refresh: flag("read again from Meta what is in the store"),
	},
	usesGraph: true,
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
