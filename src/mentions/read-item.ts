import { MissingToken } from "../graph/access-tokens.ts";
import { GraphRefusal } from "../graph/graph-error.ts";
import { NotWithLogin } from "../graph/login.ts";
import { IgwhError } from "../igwh-error.ts";
import type { InboxItem, InboxTarget } from "../store/inbox.ts";
import { asRecord, asString } from "../webhook/delivery.ts";
import { age } from "./age.ts";
import { inboxEntry } from "./inbox-entry.ts";
import type { MentionContext } from "./mention-context.ts";
import { readTarget } from "./read-mention.ts";
import type { MentionRecord, UnreadableRecord } from "./records.ts";
import { whyUnreadable } from "./why-unreadable.ts";

export type ReadItem = MentionRecord | UnreadableRecord;

/**
 * Reads a received mention or comment: from the store, or from Meta where it is
 * not there yet or `fresh` is set. One that cannot be read is marked as failed,
 * with the reason; one that the account wrote itself is skipped.
 * @throws IgwhError for anything that is not about this one, e.g. a bad token
 */
export async function readItem(
	item: InboxItem,
	context: MentionContext,
	{ fresh = false }: { fresh?: boolean } = {},
): Promise<ReadItem> {
	const { store, graph, tokenOf } = context;
	const key = lookupKey(item);
	const kept = store.lookups.find<MentionRecord>(key);
	if (!fresh && kept?.own !== undefined) return complete(kept, item, context);
	if (!fresh && item.state === "failed" && item.reason)
		return complete(unreadable(item, item.reason, kept), item, context);
	if (item.accountId === "0") return failed(item, dashboardTest, context);
	try {
		const read = await judged(
			{ ...(await readTarget(item, graph, tokenOf)), ...delivered(item) },
			context,
		);
		if (read.own !== undefined) store.lookups.keep(key, read);
		if (item.state === "new" && read.own)
			store.inbox.settle(item, "skipped", "written by the account itself");
		else if (item.state === "failed") store.inbox.settle(item, "new");
		return complete(read, item, context);
	} catch (error) {
		// Another login may read it.
		if (error instanceof NotWithLogin)
			return complete(
				unreadable(item, `${error.message}; ${error.hint}`, kept),
				item,
				context,
			);
		if (!(error instanceof GraphRefusal) || error.affectsEveryCall) throw error;
		// A temporary failure leaves the item as it is, to be read another time.
		if (error.about === "moment")
			return complete(
				unreadable(item, `${error.message}; ${error.hint}`, kept),
				item,
				context,
			);
		return failed(
			item,
			await whyUnreadable(item, error, context),
			context,
			kept,
		);
	}
}

const dashboardTest = "the dashboard's Test sent it: its ids are fictitious";

/** The same for one of several: an account whose token is missing does not stop the others. */
export async function readListed(
	item: InboxItem,
	context: MentionContext,
	options?: { fresh?: boolean },
): Promise<ReadItem> {
	try {
		return await readItem(item, context, options);
	} catch (error) {
		if (!(error instanceof MissingToken)) throw error;
		return complete(unreadable(item, error.message, undefined), item, context);
	}
}

/** Adds whether the account wrote it itself, unless that cannot be found out now. */
export async function judged(
	mention: MentionRecord,
	context: MentionContext,
): Promise<MentionRecord> {
	try {
		return { ...mention, own: await isOwn(mention, context) };
	} catch (error) {
		if (
			!(error instanceof IgwhError) ||
			error.code !== "graph" ||
			(error instanceof GraphRefusal && error.affectsEveryCall)
		)
			throw error;
		return mention;
	}
}

/**
 * Whether the account wrote it itself: answering it would loop for ever.
 * @throws IgwhError where that cannot be found out
 */
async function isOwn(
	{ igUserId, username, authorId, commentId }: MentionRecord,
	context: MentionContext,
): Promise<boolean> {
	if (authorId !== undefined && authorId === igUserId) return true;
	if (commentId !== undefined && context.store.replies.isOurs(commentId))
		return true;
	if (username === undefined && authorId === undefined)
		throw new IgwhError(
			"graph",
			"Meta does not name the author",
			"igwh lookup --refresh asks again",
		);
	return (
		username !== undefined && username === (await context.usernameOf(igUserId))
	);
}

function failed(
	item: InboxItem,
	reason: string,
	context: MentionContext,
	kept?: MentionRecord,
): UnreadableRecord {
	if (item.state === "new") context.store.inbox.settle(item, "failed", reason);
	return complete(unreadable(item, reason, kept), item, context);
}

export function lookupKey({ accountId, mediaId, commentId }: InboxTarget) {
	return `${accountId} ${commentId ?? mediaId}`;
}

/** Adds its state and its age. */
function complete<T extends ReadItem>(
	record: T,
	item: InboxItem,
	{ store, world, config }: MentionContext,
): T {
	const now =
		store.inbox
			.named(item.commentId ?? item.mediaId)
			.find(({ accountId }) => accountId === item.accountId) ?? item;
	const written = "timestamp" in record ? record.timestamp : undefined;
	return {
		...record,
		inbox: inboxEntry(now, store),
		...(item.accountId !== config.get("igUserId") && {
			answerAs: item.accountId,
		}),
		ageSeconds:
			age(written, world.clock.now()) ??
			age(item.receivedAt, world.clock.now()),
	};
}

/** What only the notification has: the ad, and the comment it answers. */
function delivered({
	value,
}: InboxItem): Pick<MentionRecord, "ad" | "parentId"> {
	const { media, parent_id } = asRecord(value);
	const { ad_id, ad_title, original_media_id } = asRecord(media);
	return {
		...(asString(parent_id) && { parentId: asString(parent_id) }),
		...(asString(ad_id) && {
			ad: {
				id: asString(ad_id),
				...(asString(ad_title) && { title: asString(ad_title) }),
				...(asString(original_media_id) && {
					originalMediaId: asString(original_media_id),
				}),
			},
		}),
	};
}

/** A comment's notification carries its text, which stays known after the comment was deleted. */
function unreadable(
	{ field, accountId, mediaId, commentId, value }: InboxItem,
	reason: string,
	kept: MentionRecord | undefined,
): UnreadableRecord {
	const { text: said, from } = asRecord(value);
	const known = kept?.text ?? asString(said);
	const username = kept?.username ?? asString(asRecord(from).username);
	return {
		type: "unreadable",
		field,
		igUserId: accountId,
		mediaId,
		...(commentId && { commentId }),
		reason,
		...(known && { text: known }),
		...(username && { username }),
	};
}
