import { command, flag, text, wholeNumber } from "../command.ts";
import { replyLine } from "../output/reply-line.ts";
import { defaultLimits } from "../use-cases/message-limits.ts";
import { reply as answer } from "../use-cases/reply.ts";

export const reply = command({
	name: "reply",
	summary: "Answer mentions and comments, one after the other or by flags",
	examples: [
		"reply",
		"reply --comment-id 17894227972186120 --media-id 17918195224117851 --message 'Challenge accepted!'",
		"reply --media-id 17918195224117851 --message 'MacLeod agrees!'",
		"reply --all --template 'Thanks @{{username}}!' --dry-run",
	],
	inputs: {
		commentId: text("<id>", "the comment to answer"),
		mediaId: text("<id>", "its media, or the media whose caption to answer"),
		message: text("<text>", "the answer; - reads it from stdin"),
		messageFile: text("<path>", "a file with the answer"),
		all: flag("answer everything new"),
		template: text(
			"<text>",
			"with --all: the answer, with {{username}}, {{text}}, {{permalink}}, {{media_id}}, {{comment_id}}",
		),
		dryRun: flag("show the answers, send none"),
		yes: flag("send without asking"),
		resend: flag("send although an answer was sent, or may have been"),
		maxLength: wholeNumber(
			"<n>",
			"the most characters of an answer",
			defaultLimits.maxLength,
			[1, 100_000],
		),
		maxHashtags: wholeNumber(
			"<n>",
			"the most hashtags of an answer",
			defaultLimits.maxHashtags,
			[0, 1000],
		),
	},
	usesGraph: true,
	run: answer,
	human: replyLine,
});
