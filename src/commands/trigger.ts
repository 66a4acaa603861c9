import { command, flag, text, words } from "../command.ts";
import { triggerLine } from "../output/trigger-line.ts";
import { trigger as makeHappen } from "../use-cases/trigger.ts";

export const trigger = command({
	name: "trigger",
	summary: "Make something happen in the sandbox, which delivers it",
	examples: [
		"trigger mentions --text '@bluebottle challenge?'",
		"trigger mentions --caption '@bluebottle There can be only one!'",
		"trigger comments --ad --from some.one",
		"trigger story_insights",
	],
	inputs: {
		words: words(
			"<field>",
			"comments, live_comments, mentions or story_insights",
		),
		text: text("<text>", "what the comment says"),
		from: text("<username>", "who writes it"),
		account: text("<id>", "the Instagram account it happens to"),
		caption: text(
			"<text>",
			"the caption that mentions the account, not a comment",
		),
		ad: flag("comment on a post used in an ad"),
	},
	run: makeHappen,
	human: triggerLine,
});
