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
 * Looks after the answers whose end nobody saw: what is there at Meta is settled
 * as sent, everything else stays unknown. Nothing is sent.
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
				store.replies.unknown(reply.number, reply.reason ?? "igwh was stopped");
			yield unsettled(reply, id, doubt(seen, found.length, group.length));
		}
	}
}

/**
 * Answers that look the same where they are read back: one of them that is there
 * does not tell which of several it is.
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

/** The account's own comments where the answers would be, or why these cannot be read. */
async function readBack(
	replies: readonly StoredReply[],
	context: MentionContext,
): Promise<ListedComment[] | string> {
	const reply = replies.find(isShown);
	if (!reply)
		return "Meta shows no answers below comments on other people's media";
	try {
		const username = await context.usernameOf(reply.accountId);
		const comments = await readAround(reply, context);
		return comments.filter((comment) => comment.username === username);
	} catch (error) {
		if (error instanceof MissingToken) return error.message;
		if (!(error instanceof GraphRefusal) || error.affectsEveryCall) throw error;
		return "what was said there cannot be read back";
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

/** A clock may be wrong by this much. */
const skewMs = 120_000;

/** Comments of those words, written since, and not known as another answer. */
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
	if (found >= wanted) return "it is there";
	return found > 0
		? `${found} of ${wanted} answers of the same words are there, which ones cannot be told`
		: `it is not among the account's ${seen.length} comments that can be read back`;
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
