import { MissingToken } from "../../graph/access-tokens.ts";
import { GraphRefusal } from "../../graph/graph-error.ts";
import { IgwhError } from "../../igwh-error.ts";
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
import {
	AlreadyAnswered,
	NotAnswerable,
	sendAnswer,
} from "../../mentions/send-answer.ts";
import type { InboxItem } from "../../store/inbox.ts";
import { draft } from "./answer-named.ts";
import type { DraftRecord } from "./records.ts";

export interface AnswerToAll {
	/** What is said to a mention; nothing where a value of the text is not known. */
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
 * sent one by one. What one of them fails at does not stop the others, unless it
 * would stop them too.
 */
export async function* answerAll(
	order: AnswerToAll,
	context: MentionContext,
): AsyncGenerator<ReplyRecord | DraftRecord | UnansweredRecord> {
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
	if (plan.length === 0) world.terminal.note("nothing is left to answer");
	if (!order.dryRun && plan.length > 0) {
		if (!(await confirmed(order, plan, context))) return;
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
				? "whether an earlier answer arrived is not known; --resend sends it all the same"
				: message === undefined
					? "it does not tell what the template asks for"
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
			"without a terminal nobody can confirm the answers",
			"look at them with --dry-run, then send them with --yes",
		);
	const lines = plan.map(
		({ draft: { username, commentId, mediaId, message } }) =>
			`  @${username ?? commentId ?? mediaId}  ${message}`,
	);
	return prompts.confirm(
		`${lines.join("\n")}\nSend ${plan.length === 1 ? "this answer" : `these ${plan.length} answers`}?`,
	);
}

async function* send(
	plan: readonly Planned[],
	{ again }: AnswerToAll,
	context: MentionContext,
): AsyncGenerator<ReplyRecord | UnansweredRecord> {
	for (const [index, { item, mention, draft }] of plan.entries()) {
		if (context.world.interrupt.aborted) throw stopped(index, plan.length);
		try {
			yield await sendAnswer(
				{ target: item, mention, message: draft.message, again },
				context,
			);
		} catch (error) {
			if (!isAboutOne(error)) throw withWhatIsLeft(error, index, plan.length);
			yield unanswered(item, (error as IgwhError).message);
		}
	}
}

/** A refusal of this answer alone; a rate limit, a bad token or no network stops them all. */
function isAboutOne(error: unknown): boolean {
	return (
		error instanceof AlreadyAnswered ||
		error instanceof NotAnswerable ||
		error instanceof MissingToken ||
		(error instanceof GraphRefusal && !error.affectsEveryCall)
	);
}

function withWhatIsLeft(error: unknown, done: number, all: number): unknown {
	if (!(error instanceof IgwhError)) return error;
	return new IgwhError(
		error.code,
		`${error.message}; ${done} of ${all} were gone through, ${all - done} are left`,
		error.hint,
		{ cause: error },
	);
}

function stopped(done: number, all: number): IgwhError {
	return new IgwhError(
		"interrupted",
		`interrupted; ${done} of ${all} were gone through, ${all - done} are left`,
		"run the command again to go on",
	);
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
		"the reasons stand above; igwh lookup shows what is left",
	);
}
