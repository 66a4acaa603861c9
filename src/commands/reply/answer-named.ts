import { IgwhError } from "../../igwh-error.ts";
import type { MentionContext } from "../../mentions/mention-context.ts";
import type { MessageLimits } from "../../mentions/message-limits.ts";
import { judged, lookupKey, readItem } from "../../mentions/read-item.ts";
import { readTarget } from "../../mentions/read-mention.ts";
import type { MentionRecord, ReplyRecord } from "../../mentions/records.ts";
import {
	checkAnswerable,
	checkUnanswered,
	sendAnswer,
} from "../../mentions/send-answer.ts";
import type { InboxItem, InboxTarget } from "../../store/inbox.ts";
import { composeAnswer } from "./compose-answer.ts";
import { openDrafts, sendDraft } from "./drafts.ts";
import { mentionPanel } from "./mention-panel.ts";
import type { DraftRecord } from "./records.ts";

export interface NamedAnswer {
	commentId: string | undefined;
	mediaId: string | undefined;
	/** Asked for at the terminal where left out. */
	message: string | undefined;
	again: boolean;
	dryRun: boolean;
	limits: MessageLimits;
}

/**
 * Answers the mention or comment that ids name: a comment with its media, or
 * media alone, is a mention; a comment alone is the received one with that id, or
 * one on the account's own media.
 * @throws IgwhError `usage` where the account wrote it itself
 */
export async function* answerNamed(
	order: NamedAnswer,
	context: MentionContext,
): AsyncGenerator<ReplyRecord | DraftRecord> {
	const { message, again, dryRun } = order;
	const target = chooseTarget(order, context);
	const mention = await readNamed(target, context);
	checkAnswerable(mention);
	if (message !== undefined) {
		if (dryRun) yield draft(target, mention, message);
		else yield await sendAnswer({ target, mention, message, again }, context);
		return;
	}
	checkUnanswered(target, again, context);
	const drafts = openDrafts(context);
	const typed = await composeAnswer("line", {
		...{ target, mention, drafts, limits: order.limits },
		world: context.world,
		panel: mentionPanel(mention),
	});
	if (typed === undefined)
		return context.world.terminal.note("Nothing was sent.");
	if (dryRun) yield draft(target, mention, typed);
	else
		yield await sendDraft(
			{ target, mention, message: typed, again },
			drafts,
			context,
		);
}

/**
 * The received item that the ids name, or else one of the configured account.
 * Only an account that received it answers, unless --ig-user-id names another.
 */
function chooseTarget(
	{ commentId, mediaId }: Pick<NamedAnswer, "commentId" | "mediaId">,
	{ store, config }: MentionContext,
): InboxTarget {
	const received = store.inbox.named(commentId ?? mediaId ?? "").filter(
		(item) =>
			item.commentId === commentId &&
			// A picture's album may be named instead of the picture.
			(item.mediaId === mediaId ||
				mediaId === undefined ||
				item.field === "comments"),
	);
	const configured = config.get("igUserId");
	const own = received.find(({ accountId }) => accountId === configured);
	if (own) return own;
	const accounts = [...new Set(received.map(({ accountId }) => accountId))];
	const [only] = received;
	if (only && configured === undefined && accounts.length === 1) return only;
	if (only && config.source("igUserId") !== "flag")
		throw otherAccounts(commentId ?? mediaId ?? "", accounts, configured);
	return {
		field: mediaId === undefined ? "comments" : "mentions",
		accountId: config.need("igUserId"),
		mediaId: mediaId ?? "",
		commentId,
	};
}

/** @throws IgwhError where it cannot be read: the account may have written it itself */
async function readNamed(
	target: InboxTarget,
	context: MentionContext,
): Promise<MentionRecord> {
	if (isReceived(target)) {
		const read = await readItem(target, context);
		if (read.type === "mention") return read;
		throw new IgwhError(
			"graph",
			`nothing was sent: ${target.commentId ?? target.mediaId} cannot be read: ${read.reason}`,
			"igwh lookup --refresh asks again",
		);
	}
	const { store, graph, tokenOf } = context;
	const key = lookupKey(target);
	const kept = store.lookups.find<MentionRecord>(key);
	if (kept?.own !== undefined) return kept;
	const read = await judged(await readTarget(target, graph, tokenOf), context);
	if (read.own !== undefined) store.lookups.keep(key, read);
	return read;
}

function isReceived(target: InboxTarget): target is InboxItem {
	return "deliveryId" in target;
}

function otherAccounts(
	id: string,
	accounts: readonly string[],
	configured: string | undefined,
): IgwhError {
	return new IgwhError(
		"usage",
		configured === undefined
			? `${id} was received by several accounts: ${accounts.join(", ")}`
			: `${id} was received by account ${accounts.join(", ")}, not by the configured account ${configured}`,
		`choose the account that answers: ${accounts.map((account) => `--ig-user-id ${account}`).join(" or ")}`,
	);
}

export function draft(
	{ mediaId, commentId }: InboxTarget,
	{ username, text }: MentionRecord,
	message: string,
): DraftRecord {
	return {
		type: "draft",
		mediaId,
		...(commentId && { commentId }),
		...(username && { username }),
		...(text && { text }),
		message,
	};
}
