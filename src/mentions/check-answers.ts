import { MissingToken } from "../graph/access-tokens.ts";
import { listReplies, readOwnComment } from "../graph/comments.ts";
import { GraphRefusal } from "../graph/graph-error.ts";
import {
	type ListedComment,
	listMentionedMediaComments,
} from "../graph/mentions.ts";
import { readAll } from "../graph/read-all.ts";
import { longestSendingMs, type StoredReply } from "../store/replies.ts";
import { age } from "./age.ts";
import type { MentionContext } from "./mention-context.ts";
import { lookupKey } from "./read-item.ts";
import type { MentionRecord, UnsettledRecord } from "./records.ts";

/**
 * Checks the answers whose outcome is unknown: those that Meta has are settled as
 * sent, all others stay unknown. Nothing is sent.
 */
export async function* checkAnswers(
	context: MentionContext,
): AsyncGenerator<UnsettledRecord> {
	const { store, world } = context;
	const open = store.replies.open();
	for (const group of alike(open, context)) {
		const seen = await readBack(group, context);
		const found = typeof seen === "string" ? [] : arrived(group, seen, context);
		const settled = found.length >= group.length;
		for (const [index, reply] of group.entries()) {
			const id = settled ? found[index]?.id : undefined;
			if (id) store.replies.sent(reply.number, id);
			else if (world.clock.now() - reply.triedAt > longestSendingMs)
				store.replies.unknown(
					reply.number,
					reply.reason ?? "igwh ended while it was being sent",
				);
			yield unsettled(reply, id, doubt(seen, found.length, group.length));
		}
	}
}

/**
 * Groups answers that look the same when they are read back: if Meta has one of
 * several, it cannot be known which.
 */
function alike(
	open: readonly StoredReply[],
	{ store }: MentionContext,
): StoredReply[][] {
	const groups = new Map<string, StoredReply[]>();
	for (const reply of open) {
		const { field, accountId, mediaId, commentId, message } = reply;
		const known = store.lookups.find<MentionRecord>(lookupKey(reply));
		const place =
			field === "mentions" ? mediaId : (known?.parentId ?? commentId);
		const key = JSON.stringify([field, accountId, place, words(message)]);
		groups.set(key, [...(groups.get(key) ?? []), reply]);
	}
	return [...groups.values()];
}

/** The account's own comments in the place of the answers, or why they cannot be read. */
async function readBack(
	replies: readonly StoredReply[],
	context: MentionContext,
): Promise<ListedComment[] | string> {
	const reply = replies.find(isShown);
	if (!reply)
		return "Meta does not list answers to comments on other people's media";
	try {
		const username = await context.usernameOf(reply.accountId);
		const comments = await readAround(reply, context);
		return comments.filter((comment) => comment.username === username);
	} catch (error) {
		if (error instanceof MissingToken) return error.message;
		if (!(error instanceof GraphRefusal) || error.affectsEveryCall) throw error;
		return "the comments there cannot be read";
	}
}

/** Meta documents only the comments at the top of media whose caption mentions the account. */
function isShown({ field, commentId }: StoredReply): boolean {
	return field === "comments" || commentId === undefined;
}

async function readAround(
	{ field, accountId, mediaId, commentId = "" }: StoredReply,
	{ graph, tokenOf }: MentionContext,
): Promise<ListedComment[]> {
	const token = await tokenOf(accountId);
	if (field === "mentions")
		return readAll(
			graph,
			(after) => listMentionedMediaComments(accountId, mediaId, after),
			token,
		);
	const { id, parentId } = await graph(readOwnComment(commentId), token);
	// A reply to a reply is attached to the comment at the top.
	return readAll(graph, (after) => listReplies(parentId ?? id, after), token);
}

/** Clocks may differ by this much. */
const skewMs = 120_000;

/** Comments with the same text, written since, and not known as another answer. */
function arrived(
	[reply]: readonly StoredReply[],
	seen: readonly ListedComment[],
	{ store, world }: MentionContext,
): ListedComment[] {
	const { message, at } = reply as StoredReply;
	const now = world.clock.now();
	return seen.filter((comment) => {
		const seconds = age(comment.timestamp, now);
		return (
			words(comment.text) === words(message) &&
			(seconds === undefined || now - seconds * 1000 >= at - skewMs) &&
			!store.replies.isOurs(comment.id)
		);
	});
}

function words(text: string): string {
	return text.normalize("NFC").trim().split(/\s+/).join(" ");
}

function doubt(
	seen: ListedComment[] | string,
	found: number,
	wanted: number,
): string {
	if (typeof seen === "string") return seen;
	if (found >= wanted) return "Meta lists it";
	return found > 0
		? `Meta lists ${found} of ${wanted} answers with the same text, and which ones is not known`
		: `it is not among the account's ${seen.length} comments that Meta lists there`;
}

function unsettled(
	{ mediaId, commentId, message, triedAt }: StoredReply,
	id: string | undefined,
	detail: string,
): UnsettledRecord {
	return {
		type: "unsettled",
		outcome: id ? "sent" : "unknown",
		mediaId,
		...(commentId && { commentId }),
		message,
		at: new Date(triedAt).toISOString(),
		...(id && { id }),
		detail,
	};
}
