import { command } from "../../cli/command.ts";
import { flag, option, positional } from "../../cli/input.ts";
import { id } from "../../readers/id.ts";
import { oneOf, username } from "../../readers/name.ts";
import { text } from "../../readers/text.ts";
import { triggerFields } from "../../sandbox/simulation/trigger-fields.ts";

export const trigger = command({
	name: "trigger",
	summary: "Make something happen in the sandbox, which delivers it",
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
			triggerFields.join(", "),
			oneOf(triggerFields),
		),
		text: option("<text>", "what the comment says", text("hello")),
		from: option("<username>", "who writes it", username),
		account: option("<id>", "the Instagram account it happens to", id),
		caption: option(
			"<text>",
			"the caption that mentions the account, not a comment",
			text("@bluebottle hello"),
		),
		ad: flag("comment on a post used in an ad"),
	},
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
