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
	summary: "Answer mentions and comments, one after the other or by flags",
	examples: [
		"reply",
		"reply --comment-id 17894227972186120 --media-id 17918195224117851 --message 'Challenge accepted!'",
		"reply --media-id 17918195224117851 --message 'MacLeod agrees!'",
		"reply --all --template 'Thanks @{{username}}!' --dry-run",
	],
	settings: [...graphSettings, "igUserId", "home"],
	inputs: {
		commentId: option("<id>", "the comment to answer", id),
		mediaId: option(
			"<id>",
			"its media, or the media whose caption to answer",
			id,
		),
		message: option(
			"<text>",
			"the answer; - reads it from stdin",
			text("Thank you!"),
		),
		messageFile: option("<path>", "a file with the answer", path("answer.txt")),
		all: flag("answer everything new"),
		template: option(
			"<text>",
			"with --all: the answer, with {{username}}, {{text}}, {{permalink}}, {{media_id}}, {{comment_id}}",
			messageTemplate,
		),
		dryRun: flag("show the answers, send none"),
		yes: flag("send without asking"),
		resend: flag("send although an answer was sent, or may have been"),
		maxLength: option(
			"<n>",
			"the most characters of an answer",
			integer(1, 100_000),
			String(defaultLimits.maxLength),
		),
		maxHashtags: option(
			"<n>",
			"the most hashtags of an answer",
			integer(0, 1000),
			String(defaultLimits.maxHashtags),
		),
	},
	usesGraph: true,
	run: () => import("./run.ts"),
	view: () => import("./view.ts"),
});
