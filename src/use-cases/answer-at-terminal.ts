import { MissingToken } from "../graph/access-tokens.ts";
import { GraphRefusal } from "../graph/graph-error.ts";
import { IgwhError } from "../igwh-error.ts";
import type { ChosenRecord, ReplyRecord } from "../records.ts";
import type { InboxItem, InboxState } from "../store/inbox.ts";
import type { Choice } from "../world.ts";
import { actions, isInDoubt, lineOf } from "./answer-choices.ts";
import { composeAnswer } from "./compose-answer.ts";
import type { Desk } from "./desk.ts";
import { inOrder } from "./in-order.ts";
import type { MessageLimits } from "./message-limits.ts";
import { readListed } from "./read-item.ts";
import {
	AlreadyAnswered,
	type Answer,
	NotAnswerable,
	sendAnswer,
} from "./send-answer.ts";

/** What was just put aside, and may be taken back. */
interface PutAside {
	item: InboxItem;
	was: InboxState;
	what: string;
}

type Chosen = InboxItem | "undo" | "stop";

const unanswered = ["new", "failed"] as const;
/** How many are read at once. */
const width = 4;

/**
 * Choose, read, write, look, send; and again, until nothing is left. Ctrl-C at
 * any point leaves everything as it was.
 */
export async function* answerAtTerminal(
	limits: MessageLimits,
	desk: Desk,
): AsyncGenerator<ReplyRecord | ChosenRecord> {
	const { store, world, config } = desk;
	// Asked for here, if at all: no prompt may come up while the list is on the screen.
	if (!config.secret("userToken")) await config.needSecret("pageToken");
	let putAside: PutAside | undefined;
	while (!world.interrupt.aborted) {
		await readAll(desk);
		const left = store.inbox.list(unanswered);
		if (left.length === 0 && !putAside)
			return world.terminal.note("nothing is left to answer");
		const chosen = await choose(putAside, desk);
		if (chosen === "stop") return;
		if (chosen === "undo") {
			if (putAside) takeBack(putAside, desk);
			putAside = undefined;
			continue;
		}
		const handled = yield* handle(chosen, limits, desk);
		if (handled && "what" in handled) putAside = handled;
		else if (handled) yield handled;
	}
}

/** What is not known yet is asked for before the list is drawn; a bad token ends it here. */
async function readAll(desk: Desk): Promise<void> {
	const items = desk.store.inbox.list(unanswered);
	for await (const _ of inOrder(items, width, (item) =>
		readListed(item, desk),
	));
}

function choose(putAside: PutAside | undefined, desk: Desk): Promise<Chosen> {
	return desk.world.prompts.search<Chosen>(
		"Answer which? (type to filter)",
		async () => {
			const items = desk.store.inbox.list(unanswered);
			const choices: Choice<Chosen>[] = [];
			for (const item of items)
				choices.push({ name: await oneLine(item, desk), value: item });
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
async function oneLine(item: InboxItem, desk: Desk): Promise<string> {
	try {
		return lineOf(await readListed(item, desk));
	} catch (error) {
		if (!(error instanceof IgwhError) || error.code === "store") throw error;
		return `(not read yet: ${error.message})`;
	}
}

/** One mention, until something is done about it or the person goes back. */
async function* handle(
	item: InboxItem,
	limits: MessageLimits,
	desk: Desk,
): AsyncGenerator<ChosenRecord, ReplyRecord | PutAside | undefined> {
	const { store, world } = desk;
	for (;;) {
		const record = await readListed(item, desk);
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
			: attempt({ target: item, mention: record, message, again }, desk);
	}
}

function takeBack({ item, was }: PutAside, { store }: Desk): void {
	store.inbox.settle(item, was, item.reason);
	store.replies.trust(item, "undo");
}

/** Sends it; what concerns this one alone is told, and the rest goes on. */
async function attempt(
	answer: Answer,
	desk: Desk,
): Promise<ReplyRecord | undefined> {
	const { store, world } = desk;
	try {
		return await sendAnswer(answer, desk);
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
