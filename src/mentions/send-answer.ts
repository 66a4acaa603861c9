import { answerComment } from "../graph/comments.ts";
import { GraphRefusal } from "../graph/graph-error.ts";
import { answerMention } from "../graph/mentions.ts";
import { IgwhError } from "../igwh-error.ts";
import type { InboxTarget } from "../store/inbox.ts";
import type { StoredReply } from "../store/replies.ts";
import { UnreachableError } from "../world.ts";
import type { MentionContext } from "./mention-context.ts";
import type { MentionRecord, ReplyRecord } from "./records.ts";

/** An answer was sent already, or may have been. */
export class AlreadyAnswered extends IgwhError {}

/** This one cannot be answered, or not now; others can. */
export class NotAnswerable extends IgwhError {}

export interface Answer {
	target: InboxTarget;
	/** The mention, as it was read. */
	mention: MentionRecord;
	message: string;
	/** Send it even if an answer was sent, or may have been. */
	again?: boolean;
}

/**
 * Records the answer, sends it, settles it. If igwh ends in between, the answer
 * stays recorded as being sent, and no later run sends it by itself.
 * @throws AlreadyAnswered; NotAnswerable; IgwhError `network` where the outcome is unknown
 */
export function sendAnswer(
	answer: Answer,
	context: MentionContext,
): Promise<ReplyRecord> {
	return context.waitOut(() => sendOnce(answer, context));
}

async function sendOnce(
	{ target, mention, message, again = false }: Answer,
	{ unwaiting, tokenOf, store }: MentionContext,
): Promise<ReplyRecord> {
	checkAnswerable(mention);
	const { field, accountId, mediaId, commentId } = target;
	const call =
		field === "comments" && commentId !== undefined
			? answerComment(commentId, message)
			: answerMention(accountId, { mediaId, commentId }, message);
	// Whatever can fail before the call does so before the answer is recorded.
	const token = await tokenOf(accountId);
	const begun = store.replies.begin(target, message, again);
	if ("obstacle" in begun) throw alreadyAnswered(begun.obstacle, again);
	const { id } = await unwaiting(call, token).catch((error) => {
		throw settleFailure(begun.number, error, store);
	});
	if (!id) {
		const reason = "Meta accepted it without giving an id";
		store.replies.unknown(begun.number, reason);
		throw inDoubt("graph", reason);
	}
	store.replies.sent(begun.number, id);
	return {
		type: "reply",
		id,
		mediaId,
		...(commentId && { commentId }),
		message,
	};
}

/** @throws AlreadyAnswered where an answer was sent or begun, unless another is wanted */
export function checkUnanswered(
	target: InboxTarget,
	again: boolean,
	{ store }: Pick<MentionContext, "store">,
): void {
	const earlier = store.replies.latest(target);
	if (earlier && !again) throw alreadyAnswered(earlier, again);
}

/** @throws IgwhError for the account's own words, those that may be its own, and live comments */
export function checkAnswerable({
	commentId,
	mediaId,
	own,
	media,
}: MentionRecord): void {
	const what = commentId ? `comment ${commentId}` : `media ${mediaId}`;
	if (own === undefined)
		throw new NotAnswerable(
			"graph",
			`nothing was sent: it is not known now whether the account wrote ${what} itself`,
			"run the command again later",
		);
	if (own)
		throw new NotAnswerable(
			"usage",
			`${what} was written by the account itself`,
			"Meta would deliver an answer to it as a new comment, in a loop: answer someone else's",
		);
	if (media?.productType === "LIVE")
		throw new NotAnswerable(
			"usage",
			`${what} is on a live video`,
			"Instagram does not accept answers to live comments",
		);
}

/** Records how a call failed: certainly without effect, or with an unknown outcome. */
function settleFailure(
	number: number,
	error: unknown,
	{ replies }: MentionContext["store"],
): unknown {
	if (!(error instanceof IgwhError)) return error;
	const { message, cause } = error;
	if (error instanceof GraphRefusal && !error.outcomeUnknown) {
		replies.refused(number, message, error.about === "object");
		return error;
	}
	if (cause instanceof UnreachableError && cause.kind === "refused") {
		replies.refused(number, message, false);
		return error;
	}
	replies.unknown(number, message);
	return inDoubt(error.code === "network" ? "network" : "graph", message);
}

function inDoubt(code: "network" | "graph", message: string): IgwhError {
	return new IgwhError(
		code,
		`the answer may or may not have arrived: ${message}`,
		"run igwh reply again: it checks whether the answer arrived, and sends it again only with --resend",
	);
}

function alreadyAnswered(
	{ state, at, triedAt, message, mediaId, commentId, replyId }: StoredReply,
	again: boolean,
): AlreadyAnswered {
	const what = commentId ? `comment ${commentId}` : `media ${mediaId}`;
	if (state === "sent")
		return new AlreadyAnswered(
			"input",
			`${what} was answered on ${isoTime(at)}: “${message}” (${replyId})`,
			"--resend sends another answer",
		);
	if (again)
		return new AlreadyAnswered(
			"input",
			`an answer to ${what} was started on ${isoTime(triedAt)} and may still be on its way`,
			"wait a minute, then run it again",
		);
	return new AlreadyAnswered(
		"input",
		`an answer to ${what} of ${isoTime(triedAt)} may or may not have arrived: “${message}”`,
		"check it on Instagram; --resend sends it again",
	);
}

/** `2026-11-21 09:30:00 UTC` */
function isoTime(time: number): string {
	return `${new Date(time).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
