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
	summary: "Make the sandbox deliver an event",
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
		field: positional(
			"[field]",
			`Field of the event: ${triggerFields.join(", ")}`,
			deliveredField,
		),
		text: option("<text>", "Text of the comment or message", text("hello")),
		from: option("<username>", "Username of its author", username),
		account: option("<id>", "Instagram account that the event belongs to", id),
		caption: option(
			"<text>",
			"Mention the account in a caption with this text, not in a comment",
			text("@bluebottle hello"),
		),
		ad: flag("Comment on a post that is used in an ad"),
		album: flag("Comment on a picture in an album"),
		low: flag("Story metrics below 5"),
		count: option("<n>", "Number of events", integer(1, 10_000)),
		batch: option("<n>", "Number of events in one delivery", integer(1, 1000)),
		duplicate: flag("Send each delivery twice"),
		shuffle: flag("Send the deliveries in any order"),
		test: flag(
			"Send the sample of the App Dashboard's Test button, past every gate",
		),
		scenario: option(
			"<name|file>",
			`Play a scenario: ${scenarioNames.join(", ")}, or a JSON file`,
			text("viral-post"),
		),
		speed: option(
			"<n>",
			"Play the scenario this many times faster",
			integer(1, 1_000_000),
		),
	},
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
