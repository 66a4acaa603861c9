import { IgwhError, interrupted } from "../../igwh-error.ts";
import type { MentionContext } from "../../mentions/mention-context.ts";
import {
	type MessageLimits,
	messageProblem,
} from "../../mentions/message-limits.ts";
import { readAhead } from "../../mentions/read-ahead.ts";
import { readListed } from "../../mentions/read-item.ts";
import type {
	MentionRecord,
	ReplyRecord,
	UnansweredRecord,
} from "../../mentions/records.ts";
import { sendAnswer } from "../../mentions/send-answer.ts";
import {
	affectsOneAnswer,
	withWhatIsLeft,
} from "../../mentions/what-is-left.ts";
import type { InboxItem } from "../../store/inbox.ts";
import { draft } from "./answer-named.ts";
import type { DraftRecord, DraftsRecord } from "./records.ts";

export interface AnswerToAll {
	/** The answer to a mention; nothing where a value of the text is not known. */
	write(mention: MentionRecord): string | undefined;
	dryRun: boolean;
	yes: boolean;
	again: boolean;
	limits: MessageLimits;
}

interface Planned {
	item: InboxItem;
	mention: MentionRecord;
	draft: DraftRecord;
}

/**
 * Answers everything new: all answers are written first, then confirmed, then
 * sent one by one. A failure of one does not stop the others, unless it would
 * stop them too.
 */
export async function* answerAll(
	order: AnswerToAll,
	context: MentionContext,
): AsyncGenerator<ReplyRecord | DraftRecord | DraftsRecord | UnansweredRecord> {
	const { world } = context;
	const plan: Planned[] = [];
	let failed = 0;
	for await (const planned of write(order, context)) {
		if ("draft" in planned) {
			plan.push(planned);
			if (order.dryRun) yield planned.draft;
		} else {
			failed++;
			yield planned;
		}
		if (world.interrupt.aborted) return;
	}
	if (plan.length === 0) world.terminal.note("Nothing is left to answer.");
	if (order.dryRun)
		yield { type: "summary", drafts: plan.length, unanswered: failed };
	else if (plan.length > 0) {
		if (!(await confirmed(order, plan, context)))
			return world.terminal.note("Nothing was sent.");
		for await (const record of send(plan, order, context)) {
			if (record.type === "unanswered") failed++;
			yield record;
		}
	}
	if (failed > 0) throw someUnanswered(failed);
}

/** The answers to be sent, and what cannot be answered. */
async function* write(
	{ write, again, limits }: AnswerToAll,
	context: MentionContext,
): AsyncGenerator<Planned | UnansweredRecord> {
	const { store } = context;
	const read = readAhead(store.inbox.list(["new"]), async (item) => ({
		item,
		record: await readListed(item, context),
	}));
	for await (const { item, record } of read) {
		if (record.type === "unreadable") {
			yield unanswered(item, record.reason);
			continue;
		}
		// What the account wrote itself is skipped the moment it is read.
		if (record.inbox?.state !== "new") continue;
		const earlier = record.inbox.answer;
		const message = write(record)?.trim();
		const problem =
			earlier && !again
				? "it is not known whether an earlier answer arrived; --resend sends another"
				: message === undefined
					? "it lacks a value that the template needs"
					: messageProblem(message, limits);
		yield problem === undefined
			? {
					item,
					mention: record,
					draft: draft(item, record, message as string),
				}
			: unanswered(item, problem);
	}
}

async function confirmed(
	{ yes }: AnswerToAll,
	plan: readonly Planned[],
	{ world: { terminal, prompts } }: MentionContext,
): Promise<boolean> {
	if (yes) return true;
	if (!terminal.interactive)
		throw new IgwhError(
			"usage",
			"the confirmation needs a terminal",
			"check them with --dry-run, then send them with --yes",
		);
	const lines = plan.map(
		({ draft: { username, commentId, mediaId, message } }) =>
			`  @${username ?? commentId ?? mediaId}  ${message}`,
	);
	terminal.note(lines.join("\n"));
	return prompts.confirm(
		`Send ${plan.length === 1 ? "this answer" : `these ${plan.length} answers`}?`,
	);
}

async function* send(
	plan: readonly Planned[],
	{ again }: AnswerToAll,
	context: MentionContext,
): AsyncGenerator<ReplyRecord | UnansweredRecord> {
	for (const [index, { item, mention, draft }] of plan.entries()) {
		const left = plan.length - index;
		if (context.world.interrupt.aborted)
			throw withWhatIsLeft(interrupted(), left);
		try {
			yield await sendAnswer(
				{ target: item, mention, message: draft.message, again },
				context,
			);
		} catch (error) {
			if (!affectsOneAnswer(error)) throw withWhatIsLeft(error, left);
			yield unanswered(item, error.message);
		}
	}
}

function unanswered(
	{ mediaId, commentId }: InboxItem,
	reason: string,
): UnansweredRecord {
	return {
		type: "unanswered",
		mediaId,
		...(commentId && { commentId }),
		reason,
	};
}

function someUnanswered(count: number): IgwhError {
	return new IgwhError(
		"graph",
		`${count} could not be answered`,
		"see the reasons above; igwh lookup shows what is left",
	);
}
