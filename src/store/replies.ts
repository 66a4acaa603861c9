import type { Database, Row } from "../world.ts";
import { type InboxTarget, settleInbox } from "./inbox.ts";
import { indexDeliveries } from "./index-deliveries.ts";

/**
 * `sending`: recorded, but not settled: it is under way, or igwh ended meanwhile.
 * `unknown`: no answer arrived in time; the reply may exist or not.
 */
export type ReplyState = "sending" | "sent" | "refused" | "unknown";

export interface StoredReply extends InboxTarget {
	number: number;
	/** When it was first tried; milliseconds since 1970. */
	at: number;
	/** When it was last tried. */
	triedAt: number;
	message: string;
	state: ReplyState;
	/** Its id at Meta. */
	replyId: string | undefined;
	reason: string | undefined;
}

/** The number of the reply that may be sent now, or the one it conflicts with. */
export type Begun = { number: number } | { conflict: StoredReply };

export interface Replies {
	/**
	 * Records that a reply is about to be sent, unless one to the same target was
	 * sent or may have been; `again` sends regardless, but never while another may
	 * still be under way.
	 */
	begin(target: InboxTarget, message: string, again: boolean): Begun;
	/** It was sent and has this id at Meta: its target is answered. */
	sent(number: number, replyId: string): void;
	/** It definitely does not exist at Meta; `final`: another attempt would fail too. */
	refused(number: number, reason: string, final: boolean): void;
	/** Its outcome is unknown. */
	unknown(number: number, reason: string): void;
	/** The user confirms that the open reply to this target exists; `undo` reverts that. */
	trust(target: InboxTarget, undo?: "undo"): void;
	/** Those `sending` or `unknown`, oldest first. */
	open(): StoredReply[];
	/** The last reply to a target that was sent or is open. */
	latest(target: InboxTarget): StoredReply | undefined;
	/** Whether igwh wrote the comment with this id. */
	isOurs(commentId: string): boolean;
}

/** No call takes this long: a reply that is `sending` for longer was never settled. */
export const longestSendingMs = 60_000;

/**
 * Every reply is recorded before it is sent and settled afterwards, so that one
 * with an unknown outcome stays visible, and is never sent twice automatically.
 */
export function replies(database: Database, now: () => number): Replies {
	const settle = (
		number: number,
		state: ReplyState,
		{
			replyId = null,
			reason = null,
		}: { [K in "replyId" | "reason"]?: string | null },
	) =>
		database.run(
			"UPDATE replies SET state = ?, reply_id = ?, reason = ? WHERE id = ?",
			[state, replyId, reason, number],
		);
	const find = (number: number) =>
		select(database, "id = ?", [number])[0] as StoredReply;
	const latest = (target: InboxTarget) =>
		select(
			database,
			"coalesce(comment_id, media_id) = ? AND account_id = ? AND state <> 'refused'",
			[target.commentId ?? target.mediaId, target.accountId],
		).at(-1);

	return {
		begin: (target, message, again) =>
			database.transaction(() => {
				const earlier = latest(target);
				if (earlier && !(again && mayTryAgain(earlier, now())))
					return { conflict: earlier };
				return {
					number:
						earlier && earlier.state !== "sent"
							? tryAgain(database, earlier, message, now())
							: insert(database, target, message, now()),
				};
			}),
		sent: (number, replyId) => {
			indexDeliveries(database);
			database.transaction(() => {
				settle(number, "sent", { replyId });
				settleInbox(database, find(number), "answered");
			});
		},
		refused: (number, reason, final) => {
			indexDeliveries(database);
			database.transaction(() => {
				settle(number, "refused", { reason });
				if (final) settleInbox(database, find(number), "failed", reason);
			});
		},
		unknown: (number, reason) => {
			settle(number, "unknown", { reason });
		},
		trust: (target, undo) => {
			const last = latest(target);
			if (undo && last?.reason === byHand) settle(last.number, "unknown", {});
			else if (!undo && last && last.state !== "sent")
				settle(last.number, "sent", { reason: byHand });
		},
		open: () => select(database, "state IN ('sending', 'unknown')", []),
		latest,
		isOurs: (commentId) =>
			database.all("SELECT 1 FROM replies WHERE reply_id = ?", [commentId])
				.length > 0,
	};
}

const byHand = "said by hand";

/** Another reply may follow one that was sent, but not one that is under way. */
function mayTryAgain({ state, triedAt }: StoredReply, now: number): boolean {
	return state !== "sending" || now - triedAt > longestSendingMs;
}

function insert(
	database: Database,
	{ field, accountId, mediaId, commentId }: InboxTarget,
	message: string,
	now: number,
): number {
	return database.run(
		"INSERT INTO replies (at, tried_at, field, account_id, media_id, comment_id, message, state) VALUES (?, ?, ?, ?, ?, ?, ?, 'sending')",
		[now, now, field, accountId, mediaId, commentId ?? null, message],
	);
}

function tryAgain(
	database: Database,
	{ number }: StoredReply,
	message: string,
	now: number,
): number {
	database.run(
		"UPDATE replies SET state = 'sending', message = ?, tried_at = ?, reason = NULL WHERE id = ?",
		[message, now, number],
	);
	return number;
}

function select(
	database: Database,
	condition: string,
	parameters: (string | number)[],
): StoredReply[] {
	return database
		.all(`SELECT * FROM replies WHERE ${condition} ORDER BY id`, parameters)
		.map(readReply);
}

function readReply(row: Row): StoredReply {
	const optional = (column: string) =>
		row[column] === null ? undefined : String(row[column]);
	return {
		number: Number(row.id),
		at: Number(row.at),
		triedAt: Number(row.tried_at),
		field: String(row.field) as StoredReply["field"],
		accountId: String(row.account_id),
		mediaId: String(row.media_id),
		commentId: optional("comment_id"),
		message: String(row.message),
		state: String(row.state) as ReplyState,
		replyId: optional("reply_id"),
		reason: optional("reason"),
	};
}
