import { MissingToken } from "../../graph/access-tokens.ts";
import { GraphRefusal } from "../../graph/graph-error.ts";
import { IgwhError } from "../../igwh-error.ts";
import type { MentionContext } from "../../mentions/mention-context.ts";
import type { MessageLimits } from "../../mentions/message-limits.ts";
import { readAhead } from "../../mentions/read-ahead.ts";
import { readListed } from "../../mentions/read-item.ts";
import type { ReplyRecord } from "../../mentions/records.ts";
import {
	AlreadyAnswered,
	type Answer,
	NotAnswerable,
	sendAnswer,
} from "../../mentions/send-answer.ts";
import type { InboxItem } from "../../store/inbox.ts";
import type { InboxState } from "../../store/inbox-states.ts";
import type { Choice } from "../../world.ts";
import { actions, isInDoubt, lineOf } from "./answer-choices.ts";
import { composeAnswer } from "./compose-answer.ts";
import type { ChosenRecord } from "./records.ts";

/** What was just put aside, and may be taken back. */
interface PutAside {
	item: InboxItem;
	was: InboxState;
	what: string;
}

type Chosen = InboxItem | "undo" | "stop";

const unanswered = ["new", "failed"] as const;
/**
 * Choose, read, write, look, send; and again, until nothing is left. Ctrl-C at
 * any point leaves everything as it was.
 */
export async function* answerAtTerminal(
	limits: MessageLimits,
	context: MentionContext,
): AsyncGenerator<ReplyRecord | ChosenRecord> {
	const { store, world, config } = context;
	// Asked for here, if at all: no prompt may come up while the list is on the screen.
	if (!config.secret("userToken")) await config.needSecret("pageToken");
	let putAside: PutAside | undefined;
	while (!world.interrupt.aborted) {
		await readAll(context);
		const left = store.inbox.list(unanswered);
		if (left.length === 0 && !putAside)
			return world.terminal.note("nothing is left to answer");
		const chosen = await choose(putAside, context);
		if (chosen === "stop") return;
		if (chosen === "undo") {
			if (putAside) takeBack(putAside, context);
			putAside = undefined;
			continue;
		}
		const handled = yield* handle(chosen, limits, context);
		if (handled && "what" in handled) putAside = handled;
		else if (handled) yield handled;
	}
}

/** What is not known yet is asked for before the list is drawn; a bad token ends it here. */
async function readAll(context: MentionContext): Promise<void> {
	const items = context.store.inbox.list(unanswered);
	for await (const _ of readAhead(items, (item) => readListed(item, context)));
}

function choose(
	putAside: PutAside | undefined,
	context: MentionContext,
): Promise<Chosen> {
	return context.world.prompts.search<Chosen>(
		"Answer which? (type to filter)",
		async () => {
			const items = context.store.inbox.list(unanswered);
			const choices: Choice<Chosen>[] = [];
			for (const item of items)
				choices.push({ name: await oneLine(item, context), value: item });
			const undo = putAside && {
				name: `Undo: ${putAside.what}`,
				value: "undo" as const,
				always: true,
			};
			return [
				...choices,
				...(undo ? [undo] : []),
				{ name: "Stop here", value: "stop", always: true },
			];
		},
	);
}

/** For a list that is on the screen: what cannot be read now must not end it. */
async function oneLine(
	item: InboxItem,
	context: MentionContext,
): Promise<string> {
	try {
		return lineOf(await readListed(item, context));
	} catch (error) {
		if (!(error instanceof IgwhError) || error.code === "store") throw error;
		return `(not read yet: ${error.message})`;
	}
}

/** One mention, until something is done about it or the person goes back. */
async function* handle(
	item: InboxItem,
	limits: MessageLimits,
	context: MentionContext,
): AsyncGenerator<ChosenRecord, ReplyRecord | PutAside | undefined> {
	const { store, world } = context;
	for (;;) {
		const record = await readListed(item, context);
		yield { type: "chosen", record, lines: record.text?.split("\n") ?? [] };
		const action = await world.prompts.select("What now?", actions(record));
		switch (action.do) {
			case "back":
				return undefined;
			case "skip":
			case "done": {
				const state = action.do === "skip" ? "skipped" : "answered";
				const { state: was } = item;
				store.inbox.settle(item, state, "by hand");
				store.replies.trust(item);
				return { item, was, what: `${lineOf(record)} — ${state}` };
			}
			case "page":
				if (!(await world.processes.openPage(action.url)))
					world.terminal.note(`no browser opened; the page is ${action.url}`);
				continue;
		}
		// The person saw that an earlier answer is in doubt, and decided.
		const again = isInDoubt(record);
		const message =
			action.do === "again"
				? action.message
				: await composeAnswer(action.do, limits, world);
		return message === undefined || record.type !== "mention"
			? undefined
			: attempt({ target: item, mention: record, message, again }, context);
	}
}

function takeBack({ item, was }: PutAside, { store }: MentionContext): void {
	store.inbox.settle(item, was, item.reason);
	store.replies.trust(item, "undo");
}

/** Sends it; what concerns this one alone is told, and the rest goes on. */
async function attempt(
	answer: Answer,
	context: MentionContext,
): Promise<ReplyRecord | undefined> {
	const { store, world } = context;
	try {
		return await sendAnswer(answer, context);
	} catch (error) {
		if (
			!(error instanceof AlreadyAnswered) &&
			!(error instanceof NotAnswerable) &&
			!(error instanceof MissingToken) &&
			!(error instanceof GraphRefusal && !error.affectsEveryCall)
		)
			throw withWhatIsLeft(error, store.inbox.list(["new"]).length);
		world.terminal.note(`not sent: ${error.message}\n  ${error.hint}`);
		return undefined;
	}
}

function withWhatIsLeft(error: unknown, left: number): unknown {
	if (!(error instanceof IgwhError)) return error;
	return new IgwhError(
		error.code,
		`${error.message}; ${left} are left`,
		error.hint,
		{ cause: error },
	);
}
