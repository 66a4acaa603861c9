import { GraphRefusal } from "../graph/graph-error.ts";
import { IgwhError } from "../igwh-error.ts";
import type { DraftRecord, MentionRecord, ReplyRecord } from "../records.ts";
import type { InboxItem, InboxTarget } from "../store/inbox.ts";
import type { Desk } from "./desk.ts";
import { isOwn, lookupKey, readItem } from "./read-item.ts";
import { readTarget } from "./read-mention.ts";
import { sendAnswer } from "./send-answer.ts";

export interface NamedAnswer {
	commentId: string | undefined;
	mediaId: string | undefined;
	message: string;
	again: boolean;
	dryRun: boolean;
}

/**
 * Answers what ids name: a comment and its media, or media alone, is a mention;
 * a comment alone the received one of that id, or one on the account's own media.
 * @throws IgwhError `usage` where the account wrote it itself
 */
export async function* answerNamed(
	{ commentId, mediaId, message, again, dryRun }: NamedAnswer,
	desk: Desk,
): AsyncGenerator<ReplyRecord | DraftRecord> {
	const received = desk.store.inbox.named(commentId ?? mediaId ?? "").find(
		(item) =>
			item.commentId === commentId &&
			// A picture's album may be named instead of the picture.
			(item.mediaId === mediaId ||
				mediaId === undefined ||
				item.field === "comments"),
	);
	const target = received ?? {
		field: mediaId === undefined ? "comments" : "mentions",
		accountId: desk.config.need("igUserId"),
		mediaId: mediaId ?? "",
		commentId,
	};
	const mention = await known(target, received, desk);
	if (mention && (await isOwn(mention, desk))) throw ownWords(mention);
	if (mention?.media?.productType === "LIVE") throw liveWords(mention);
	if (dryRun) yield draft(target, mention, message);
	else yield await sendAnswer({ target, message, again }, desk);
}

/** What is answered, as far as it can be read; Meta decides about the rest. */
async function known(
	target: InboxTarget,
	received: InboxItem | undefined,
	desk: Desk,
): Promise<MentionRecord | undefined> {
	if (received) {
		const read = await readItem(received, desk);
		return read.type === "mention" ? read : undefined;
	}
	const { store, graph, tokenOf } = desk;
	const kept = store.lookups.find<MentionRecord>(lookupKey(target));
	if (kept) return kept;
	try {
		const read = await readTarget(target, graph, tokenOf);
		store.lookups.keep(lookupKey(target), read);
		return read;
	} catch (error) {
		if (error instanceof GraphRefusal && error.code === "graph") return;
		throw error;
	}
}

export function draft(
	{ mediaId, commentId }: InboxTarget,
	mention: MentionRecord | undefined,
	message: string,
): DraftRecord {
	const { username, text } = mention ?? {};
	return {
		type: "draft",
		mediaId,
		...(commentId && { commentId }),
		...(username && { username }),
		...(text && { text }),
		message,
	};
}

function ownWords({ commentId, mediaId }: MentionRecord): IgwhError {
	return new IgwhError(
		"usage",
		`${commentId ? `comment ${commentId}` : `media ${mediaId}`} was written by the account itself`,
		"an answer to it would be delivered as a comment again, and so for ever; answer someone else's",
	);
}

function liveWords({ commentId }: MentionRecord): IgwhError {
	return new IgwhError(
		"usage",
		`comment ${commentId} stands under a live video`,
		"Instagram takes no answers to live comments",
	);
}
