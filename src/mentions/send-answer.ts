import { answerComment } from "../graph/comments.ts";
import { GraphRefusal } from "../graph/graph-error.ts";
import { answerMention } from "../graph/mentions.ts";
import { IgwhError } from "../igwh-error.ts";
import type { InboxTarget } from "../store/inbox.ts";
import type { StoredReply } from "../store/replies.ts";
import { UnreachableError } from "../world.ts";
import type { MentionContext } from "./mention-context.ts";
import type { MentionRecord, ReplyRecord } from "./records.ts";

/** An answer stands, or may stand, where another was to be sent. */
export class AlreadyAnswered extends IgwhError {}

/** This one may not be answered, or not now; others may. */
export class NotAnswerable extends IgwhError {}

export interface Answer {
	target: InboxTarget;
	/** What is answered, as it was read. */
	mention: MentionRecord;
	message: string;
	/** Send it although an answer was sent, or may have been. */
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
	// What may fail before the call does so before anything is written down.
	const token = await tokenOf(accountId);
	const begun = store.replies.begin(target, message, again);
	if ("obstacle" in begun) throw alreadyAnswered(begun.obstacle, again);
	const { id } = await unwaiting(call, token).catch((error) => {
		throw settleFailure(begun.number, error, store);
	});
	if (!id) {
		const reason = "Meta said yes without naming the answer";
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
			`whether ${what} was written by the account itself cannot be told now, so nothing was sent`,
			"run the command again later",
		);
	if (own)
		throw new NotAnswerable(
			"usage",
			`${what} was written by the account itself`,
			"an answer to it would be delivered as a comment again, and so for ever; answer someone else's",
		);
	if (media?.productType === "LIVE")
		throw new NotAnswerable(
			"usage",
			`${what} stands under a live video`,
			"Instagram takes no answers to live comments",
		);
}

/** Writes down how a call failed: certainly without effect, or in doubt. */
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
		`whether the answer arrived is not known: ${message}`,
		"run igwh reply again: it looks whether the answer is there, and sends it again only with --resend",
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
			"--resend sends another answer all the same",
		);
	if (again)
		return new AlreadyAnswered(
			"input",
			`an answer to ${what} was begun on ${isoTime(triedAt)} and may still be under way`,
			"wait a minute, then run it again",
		);
	return new AlreadyAnswered(
		"input",
		`an answer to ${what} was tried on ${isoTime(triedAt)}, and whether it arrived is not known: “${message}”`,
		"look at it on Instagram; --resend sends it all the same",
	);
}

/** `2026-11-21 09:30:00 UTC` */
function isoTime(time: number): string {
	return `${new Date(time).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
