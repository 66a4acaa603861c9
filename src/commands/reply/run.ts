import type { Config } from "../../config/config.ts";
import { bodyText } from "../../http.ts";
import { IgwhError } from "../../igwh-error.ts";
import { checkAnswers } from "../../mentions/check-answers.ts";
import { openMentions } from "../../mentions/mention-context.ts";
import { checkMessage, defaultLimits } from "../../mentions/message-limits.ts";
import type {
	ReplyRecord,
	UnansweredRecord,
	UnsettledRecord,
} from "../../mentions/records.ts";
import type { Terminal, World } from "../../world.ts";
import { answerAll } from "./answer-all.ts";
import { answerAtTerminal } from "./answer-at-terminal.ts";
import { answerNamed } from "./answer-named.ts";
import type { Template } from "./message-template.ts";
import type { DraftRecord, DraftsRecord } from "./records.ts";

export interface ReplyInput {
	commentId: string | undefined;
	mediaId: string | undefined;
	/** `-` for stdin. */
	message: string | undefined;
	messageFile?: string;
	/** Answer everything new. */
	all?: boolean;
	template?: Template;
	dryRun?: boolean;
	/** Ask nothing. */
	yes?: boolean;
	/** Send even if an answer was sent, or may have been. */
	resend?: boolean;
	maxLength?: number;
	maxHashtags?: number;
}

export type ReplyOutcome =
	| ReplyRecord
	| DraftRecord
	| DraftsRecord
	| UnansweredRecord
	| UnsettledRecord;

/**
 * Answers mentions and comments: the one the flags name, all with one text, or at
 * a terminal one after the other. First it checks the answers whose outcome an
 * earlier run left unknown.
 */
export async function* run(
	input: ReplyInput,
	config: Config,
	world: World,
): AsyncGenerator<ReplyOutcome> {
	const limits = {
		maxLength: input.maxLength ?? defaultLimits.maxLength,
		maxHashtags: input.maxHashtags ?? defaultLimits.maxHashtags,
	};
	const { template } = input;
	const message = template ? undefined : await readMessage(input, world);
	if (message !== undefined) checkMessage(message, limits);
	const { commentId, mediaId, dryRun = false, yes = false } = input;
	const again = input.resend ?? false;
	const context = await openMentions(config, world);
	try {
		if (!dryRun) yield* checkAnswers(context);
		if (input.all) {
			const write = template || (() => message);
			yield* answerAll({ write, dryRun, yes, again, limits }, context);
		} else if (commentId !== undefined || mediaId !== undefined) {
			const order = { commentId, mediaId, message, again, dryRun, limits };
			yield* answerNamed(order, context);
		} else yield* answerAtTerminal(limits, context);
	} finally {
		context.store.close();
	}
}

/** @throws IgwhError `usage` where flags are missing, or exclude each other */
export function check(
	input: ReplyInput,
	terminal: Pick<Terminal, "interactive">,
): void {
	const { commentId, mediaId, message, messageFile, all, template } = input;
	const texts = [message, messageFile, template].filter(
		(text) => text !== undefined,
	);
	const names = commentId !== undefined || mediaId !== undefined;
	if (texts.length > 1)
		throw usage(
			"more than one text given",
			"give one of --message, --message-file and --template",
		);
	if (all && names)
		throw usage(
			"--all cannot be used with an id",
			"leave out --all, or --comment-id and --media-id",
		);
	if (template !== undefined && !all)
		throw usage(
			"--template needs --all",
			"add --all, or give --message for a single answer",
		);
	const canAsk = terminal.interactive && !all;
	if ((all || names) && texts.length === 0 && !canAsk)
		throw usage(
			"no message: give the text of the answer",
			all
				? "give --template 'Thanks @{{username}}!' or --message"
				: "give --message 'your answer', --message-file or --message - for stdin",
		);
	if (texts.length > 0 && !all && !names)
		throw usage(
			"no target: give --comment-id, --media-id or --all",
			"a mention in a comment takes --comment-id and --media-id, one in a caption --media-id, a comment on your own media --comment-id",
		);
	if (texts.length === 0 && !terminal.interactive)
		throw usage(
			"the list of mentions needs a terminal",
			"give --comment-id and --media-id (or one of them) and --message, or --all and --template",
		);
}

async function readMessage(
	{ message, messageFile }: ReplyInput,
	{ files }: World,
): Promise<string | undefined> {
	if (message === "-")
		return bodyText({ body: await files.readStdin() }).trim();
	if (messageFile === undefined) return message?.trim();
	const text = await files.read(messageFile);
	if (text !== undefined) return text.trim();
	throw new IgwhError(
		"input",
		`no such file: ${messageFile}`,
		"check the path given with --message-file",
	);
}

function usage(message: string, hint: string): IgwhError {
	return new IgwhError("usage", message, hint);
}
