import { asRecord, asString } from "../../../webhook/delivery.ts";
import type { Account, Comment, Page } from "../../simulation/state.ts";
import { type GraphCall, needParameter } from "../graph-call.ts";
import { graphErrors } from "../graph-error.ts";
import type { ReadContext } from "../nodes/node-type.ts";
import { exactJson } from "../parameters.ts";
import { requirePermission } from "../viewer.ts";
import type { Operation } from "./operation.ts";

const day = 86_400_000;

/** `POST /{page-id}/messages`, for the account of the page. */
export const messageAsPage: Operation<Page> = (page, context, call) => {
	if (context.viewer.kind !== "page") throw graphErrors.pageTokenRequired();
	const account = context.sandbox.state.accounts.get(page.accountId ?? "");
	if (!account) throw graphErrors.unsupportedObject("POST", page.id);
	return sendMessage(account, context, call);
};

/** `POST /{ig-user-id}/messages`. */
export const messageAsAccount: Operation<Account> = (account, context, call) =>
	sendMessage(account, context, call);

/** To a person by `recipient.id`, or to whoever wrote `recipient.comment_id`. */
function sendMessage(
	account: Account,
	{ sandbox, viewer }: ReadContext,
	call: GraphCall,
) {
	const recipient = objectParameter(call, "recipient");
	const commentId = asString(recipient.comment_id);
	requirePermission(
		viewer,
		commentId ? "instagram_manage_comments" : "instagram_manage_messages",
	);
	requireText(objectParameter(call, "message"));
	const recipientId = commentId
		? commenterOf(account, sandbox, commentId)
		: knownPerson(sandbox, asString(recipient.id));
	return {
		recipient_id: recipientId,
		message_id: `aWdf${Buffer.from(sandbox.world.randomBytes(48)).toString("base64url")}`,
	};
}

/** The private reply to a comment: one, within 7 days, or during the broadcast. */
function commenterOf(
	account: Account,
	sandbox: ReadContext["sandbox"],
	commentId: string,
): string {
	const comment = ownComment(account, sandbox, commentId);
	if (comment.privatelyReplied) throw graphErrors.alreadyReplied();
	if (!mayReplyTo(comment, account, sandbox))
		throw graphErrors.cannotReplyPrivately();
	comment.privatelyReplied = true;
	return comment.author.id;
}

/** The 24 hours in which Meta lets an account answer are not simulated. */
function knownPerson({ state }: ReadContext["sandbox"], id: string): string {
	const known = [...state.strangers.values()].some(
		(stranger) => stranger.id === id,
	);
	if (!known) throw graphErrors.noSuchPerson();
	return id;
}

function objectParameter(
	call: GraphCall,
	name: string,
): Record<string, unknown> {
	const text = needParameter(call, name);
	const value = text.trim().startsWith("{") ? exactJson(text) : undefined;
	if (value === undefined)
		throw graphErrors.invalidParameter(`Param ${name} must be a JSON object`);
	return asRecord(value);
}

function requireText({ text }: Record<string, unknown>): void {
	if (!asString(text)) throw graphErrors.missingParameter("message[text]");
	if (Buffer.byteLength(asString(text)) > 1000)
		throw graphErrors.invalidParameter(
			"Length of param message[text] must be less than or equal to 1000",
		);
}

function ownComment(
	account: Account,
	{ state }: ReadContext["sandbox"],
	id: string,
): Comment {
	const comment = state.comments.get(id);
	const media = state.media.get(comment?.mediaId ?? "");
	if (!comment || media?.owner.id !== account.id)
		throw graphErrors.unsupportedObject("POST", id);
	return comment;
}

function mayReplyTo(
	{ author, createdAt, mediaId }: Comment,
	{ id, broadcasting }: Account,
	{ state, world }: ReadContext["sandbox"],
): boolean {
	if (author.id === id) return false;
	return state.media.get(mediaId)?.productType === "LIVE"
		? broadcasting
		: world.clock.now() - createdAt <= 7 * day;
}
