import { command } from "../../cli/command.ts";
import { flag, option } from "../../cli/input.ts";
import { graphSettings } from "../../config/settings.ts";
import { defaultLimits } from "../../mentions/message-limits.ts";
import { id } from "../../readers/id.ts";
import { integer } from "../../readers/number.ts";
import { path, text } from "../../readers/text.ts";
import { messageTemplate } from "./message-template.ts";

export const reply = command({
	name: "reply",
	summary: "Answer mentions and comments, interactively or with flags",
	examples: [
		"reply",
		"reply --comment-id 17894227972186120 --media-id 17918195224117851 --message 'Challenge accepted!'",
		"reply --comment-id 17894227972186120 --media-id 17918195224117851",
		"reply --media-id 17918195224117851 --message 'MacLeod agrees!'",
		"reply --all --template 'Thanks @{{username}}!' --dry-run",
	],
	settings: [...graphSettings, "igUserId", "home"],
	inputs: {
		commentId: option("<id>", "comment to answer", id),
		mediaId: option(
			"<id>",
			"media of the comment, or media whose caption to answer",
			id,
		),
		message: option(
			"<text>",
			"text of the answer; - reads it from stdin",
			text("Thank you!"),
		),
		messageFile: option(
			"<path>",
			"file with the text of the answer",
			path("answer.txt"),
		),
		all: flag("answer every new mention and comment"),
		template: option(
			"<text>",
			"with --all: text with {{username}}, {{text}}, {{permalink}}, {{media_id}}, {{comment_id}}",
			messageTemplate,
		),
		dryRun: flag("show the answers without sending them"),
		yes: flag("do not ask for confirmation"),
		resend: flag("send even if an answer was sent, or may have been"),
		maxLength: option(
			"<n>",
			"maximum length of an answer, in characters",
			integer(1, 100_000),
			String(defaultLimits.maxLength),
		),
		maxHashtags: option(
			"<n>",
			"maximum number of hashtags in an answer",
			integer(0, 1000),
			String(defaultLimits.maxHashtags),
		),
	},
	usesGraph: true,
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
