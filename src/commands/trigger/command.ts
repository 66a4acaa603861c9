import { command } from "../../cli/command.ts";
import { flag, option, positional } from "../../cli/input.ts";
import { id } from "../../readers/id.ts";
import { oneOf, username } from "../../readers/name.ts";
import { text } from "../../readers/text.ts";
import { triggerFields } from "../../sandbox/simulation/trigger-fields.ts";

export const trigger = command({
	name: "trigger",
	summary: "Make the sandbox deliver an event",
	examples: [
		"trigger mentions --text '@bluebottle challenge?'",
		"trigger mentions --caption '@bluebottle There can be only one!'",
		"trigger comments --ad --from some.one",
		"trigger story_insights",
	],
	settings: ["graphUrl"],
	inputs: {
		field: positional(
			"<field>",
			`Field of the event: ${triggerFields.join(", ")}`,
			oneOf(triggerFields),
		),
		text: option("<text>", "Text of the comment", text("hello")),
		from: option("<username>", "Username of its author", username),
		account: option("<id>", "Instagram account that the event belongs to", id),
		caption: option(
			"<text>",
			"Mention the account in a caption with this text, not in a comment",
			text("@bluebottle hello"),
		),
		ad: flag("Comment on a post that is used in an ad"),
	},
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
