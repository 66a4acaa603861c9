import { command } from "../../cli/command.ts";
import { flag, option, positional } from "../../cli/input.ts";
import { deliveredField } from "../../readers/field.ts";
import { id } from "../../readers/id.ts";
import { username } from "../../readers/name.ts";
import { integer } from "../../readers/number.ts";
import { text } from "../../readers/text.ts";
import { scenarioNames } from "../../sandbox/simulation/scenario-names.ts";
import { triggerFields } from "../../sandbox/simulation/trigger-fields.ts";

export const trigger = command({
	name: "trigger",
	summary: "Make something happen in the sandbox, which delivers it",
	examples: [
		"trigger mentions --text '@bluebottle challenge?'",
		"trigger mentions --caption '@bluebottle There can be only one!'",
		"trigger comments --ad --from some.one",
		"trigger comments --count 500 --batch 100",
		"trigger messages --test",
		"trigger --scenario viral-post",
	],
	settings: ["graphUrl", "home"],
	inputs: {
		field: positional("[field]", triggerFields.join(", "), deliveredField),
		text: option("<text>", "what the comment or message says", text("hello")),
		from: option("<username>", "who writes it", username),
		account: option("<id>", "the Instagram account it happens to", id),
		caption: option(
			"<text>",
			"the caption that mentions the account, not a comment",
			text("@bluebottle hello"),
		),
		ad: flag("comment on a post used in an ad"),
		album: flag("comment on a picture of an album"),
		low: flag("story numbers below 5"),
		count: option("<n>", "make it happen that often", integer(1, 10_000)),
		batch: option("<n>", "report that many in one delivery", integer(1, 1000)),
		duplicate: flag("send each delivery twice"),
		shuffle: flag("send the deliveries in any order"),
		test: flag(
			"send what the App Dashboard's Test button sends, past every gate",
		),
		scenario: option(
			"<name|file>",
			`play a scenario: ${scenarioNames.join(", ")}, or a JSON file`,
			text("viral-post"),
		),
		speed: option(
			"<n>",
			"play the scenario that many times faster",
			integer(1, 1_000_000),
		),
	},
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
