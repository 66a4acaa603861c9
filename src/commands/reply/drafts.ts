import { join } from "node:path";
import type { MentionContext } from "../../mentions/mention-context.ts";
import type { ReplyRecord } from "../../mentions/records.ts";
import { type Answer, sendAnswer } from "../../mentions/send-answer.ts";
import type { InboxTarget } from "../../store/inbox.ts";
import { withoutQuote } from "./quoted-mention.ts";

/** Answers that were begun and not sent; each is a file in the home folder. */
export interface Drafts {
	/** The file of a draft, which an editor may change. */
	path(target: InboxTarget): string;
	/** The text of a draft; empty where there is none. */
	read(target: InboxTarget): Promise<string>;
	/** Keeps a text; an empty one removes the draft. */
	keep(target: InboxTarget, text: string): Promise<void>;
	/** Which targets have a draft. */
	list(): Promise<(target: InboxTarget) => boolean>;
}

/** The drafts of the sandbox are kept apart, as its store is. */
export function openDrafts({
	config,
	world: { files },
}: Pick<MentionContext, "config" | "world">): Drafts {
	const folder = join(
		config.get("home"),
		config.sandbox ? "sandbox-drafts" : "drafts",
	);
	const path = ({ accountId, commentId, mediaId }: InboxTarget) =>
		join(folder, `${accountId}-${commentId ?? mediaId}.txt`);
	return {
		path,
		read: async (target) =>
			withoutQuote((await files.read(path(target))) ?? ""),
		keep: async (target, text) =>
			text.trim()
				? files.write(path(target), `${text}\n`)
				: files.remove(path(target)),
		list: async () => {
			const kept = new Set(await files.list(folder));
			return (target) => kept.has(path(target));
		},
	};
}

/**
 * Sends a draft. It is removed as its answer is recorded; an answer that was
 * certainly not sent is a draft again.
 */
export async function sendDraft(
	answer: Answer,
	drafts: Drafts,
	context: MentionContext,
): Promise<ReplyRecord> {
	const { target, message } = answer;
	await drafts.keep(target, "");
	try {
		return await sendAnswer(answer, context);
	} catch (error) {
		if (context.store.replies.latest(target)?.message !== message)
			await drafts.keep(target, message);
		throw error;
	}
}
