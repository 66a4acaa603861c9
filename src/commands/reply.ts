import { command, text } from "../command.ts";
import { replyLine } from "../output/reply-line.ts";
import { reply as answer } from "../use-cases/reply.ts";

export const reply = command({
	name: "reply",
	summary: "Answer mentions and comments, one after the other or by flags",
	examples: [
		"reply",
		"reply --comment-id 17894227972186120 --media-id 17918195224117851 --message 'Challenge accepted!'",
		"reply --media-id 17918195224117851 --message 'MacLeod agrees!'",
	],
	inputs: {
		commentId: text("<id>", "the comment to answer"),
		mediaId: text("<id>", "its media, or the media whose caption to answer"),
		message: text("<text>", "the answer"),
	},
	usesGraph: true,
	run: answer,
	human: replyLine,
});
