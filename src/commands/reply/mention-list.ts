import { IgwhError } from "../../igwh-error.ts";
import type { MentionContext } from "../../mentions/mention-context.ts";
import { mayBeAnswered } from "../../mentions/mention-view.ts";
import { readAhead } from "../../mentions/read-ahead.ts";
import { type ReadItem, readListed } from "../../mentions/read-item.ts";
import type { InboxItem } from "../../store/inbox.ts";
import type { Choice } from "../../world.ts";
import { isInDoubt, lineOf } from "./answer-choices.ts";
import type { Drafts } from "./drafts.ts";

/** Reads what is not known yet, before the list is drawn; a bad token ends it here. */
export async function readUnknown(context: MentionContext): Promise<void> {
	const { store, world } = context;
	const items = store.inbox.list(["new", "failed"]);
	let count = 0;
	try {
		for await (const _ of readAhead(items, (item) => readListed(item, context)))
			world.terminal.progress(`reading ${++count} of ${items.length}`);
	} finally {
		world.terminal.progress("");
	}
}

export interface MentionList {
	choices: Choice<InboxItem>[];
	/** How many failed ones are not among them. */
	folded: number;
}

/**
 * What is left to answer: the newest first, before those in doubt and those that
 * cannot be answered. Failed ones are folded, unless they are asked for.
 */
export async function listMentions(
	{ withFailed }: { withFailed: boolean },
	drafts: Drafts,
	context: MentionContext,
): Promise<MentionList> {
	const hasDraft = await drafts.list();
	const found: { choice: Choice<InboxItem>; rank: number }[] = [];
	for (const item of context.store.inbox.list(["new", "failed"])) {
		const { name, rank } = await lineAndRank(item, hasDraft(item), context);
		found.push({ choice: { name, value: item }, rank });
	}
	const shown = found
		.reverse()
		.filter(({ rank }) => withFailed || rank < ranks.failed)
		.toSorted((one, other) => one.rank - other.rank);
	return {
		choices: shown.map(({ choice }) => choice),
		folded: found.length - shown.length,
	};
}

const ranks = { answerable: 0, inDoubt: 1, unanswerable: 2, failed: 3 };

/** For a list that is on the screen: what cannot be read now must not end it. */
async function lineAndRank(
	item: InboxItem,
	hasDraft: boolean,
	context: MentionContext,
): Promise<{ name: string; rank: number }> {
	try {
		const record = await readListed(item, context);
		return {
			name: lineOf(record, { hasDraft }),
			rank: rankOf(record, hasDraft),
		};
	} catch (error) {
		if (!(error instanceof IgwhError) || error.code === "store") throw error;
		return {
			name: `(not read yet: ${error.message})`,
			rank: ranks.unanswerable,
		};
	}
}

/** One that has a draft is never folded: Meta may have refused nothing but its text. */
function rankOf(record: ReadItem, hasDraft: boolean): number {
	if (record.inbox?.state === "failed" && !hasDraft) return ranks.failed;
	if (record.type === "unreadable") return ranks.unanswerable;
	if (isInDoubt(record)) return ranks.inDoubt;
	return mayBeAnswered(record) ? ranks.answerable : ranks.unanswerable;
}
