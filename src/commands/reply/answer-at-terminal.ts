import type { MentionContext } from "../../mentions/mention-context.ts";
import type { MessageLimits } from "../../mentions/message-limits.ts";
import { readListed } from "../../mentions/read-item.ts";
import type { ReplyRecord } from "../../mentions/records.ts";
import type { Answer } from "../../mentions/send-answer.ts";
import {
	affectsOneAnswer,
	withWhatIsLeft,
} from "../../mentions/what-is-left.ts";
import type { InboxItem } from "../../store/inbox.ts";
import type { InboxState } from "../../store/inbox-states.ts";
import { actions, isInDoubt, lineOf } from "./answer-choices.ts";
import { composeAnswer } from "./compose-answer.ts";
import { type Drafts, openDrafts, sendDraft } from "./drafts.ts";
import { listMentions, readUnknown } from "./mention-list.ts";
import { mentionPanel } from "./mention-panel.ts";

/** What was just put aside; it can be undone. */
interface PutAside {
	item: InboxItem;
	was: InboxState;
	what: string;
}

/** What the list is at. */
interface Session {
	context: MentionContext;
	drafts: Drafts;
	limits: MessageLimits;
	putAside?: PutAside | undefined;
	withFailed: boolean;
}

type Chosen = InboxItem | "undo" | "failed" | "stop";

/**
 * Choose, read, write, look, send; and again, until nothing is left. Ctrl-C at
 * any point leaves everything as it was; what was written is kept as a draft.
 */
export async function* answerAtTerminal(
	limits: MessageLimits,
	context: MentionContext,
): AsyncGenerator<ReplyRecord> {
	const { store, world, config } = context;
	// Asked for here, if at all: no prompt may come up while the list is on the screen.
	if (!config.secret("userToken")) await config.needSecret("pageToken");
	const session: Session = {
		context,
		drafts: openDrafts(context),
		limits,
		withFailed: false,
	};
	while (!world.interrupt.aborted) {
		await readUnknown(context);
		if (store.inbox.list(["new", "failed"]).length === 0 && !session.putAside)
			return world.terminal.note("Nothing is left to answer.");
		const chosen = await choose(session);
		if (chosen === "stop") return;
		if (chosen === "failed") session.withFailed = !session.withFailed;
		else if (chosen === "undo") undo(session);
		else {
			const reply = await handle(chosen, session);
			if (reply) yield reply;
		}
	}
}

function choose(session: Session): Promise<Chosen> {
	const { context, drafts, putAside, withFailed } = session;
	return context.world.prompts.search<Chosen>("Answer which?", async () => {
		const { choices, folded } = await listMentions(
			{ withFailed },
			drafts,
			context,
		);
		const own = (name: string, value: Chosen) => ({
			name,
			value,
			always: true,
		});
		return [
			...choices,
			...(putAside ? [own(`Undo: ${putAside.what}`, "undo")] : []),
			...(folded > 0 ? [own(`Show ${folded} failed`, "failed")] : []),
			...(withFailed ? [own("Hide the failed ones", "failed")] : []),
			own("Stop here", "stop"),
		];
	});
}

/** One mention, until something is done about it or the person goes back. */
async function handle(
	item: InboxItem,
	session: Session,
): Promise<ReplyRecord | undefined> {
	const { context, drafts } = session;
	const { world } = context;
	for (;;) {
		const record = await readListed(item, context);
		const hasDraft = (await drafts.list())(item);
		const action = await world.prompts.select(
			"What now?",
			actions(record, { hasDraft }),
			mentionPanel(record),
		);
		if (action.do === "page") {
			if (!(await world.processes.openPage(action.url)))
				world.terminal.note(`igwh: no browser opened; the page: ${action.url}`);
			continue;
		}
		if (action.do === "skip" || action.do === "done") {
			const state = action.do === "skip" ? "skipped" : "answered";
			putAside(item, { state, what: lineOf(record) }, session);
		}
		if (record.type !== "mention") return undefined;
		if (action.do === "again")
			return attempt(
				{ target: item, mention: record, message: action.message, again: true },
				session,
			);
		if (action.do !== "line" && action.do !== "editor") return undefined;
		const message = await composeAnswer(action.do, {
			...session,
			world,
			target: item,
			mention: record,
		});
		// The person saw that an earlier answer is in doubt, and decided.
		const again = isInDoubt(record);
		return message === undefined
			? undefined
			: attempt({ target: item, mention: record, message, again }, session);
	}
}

function putAside(
	item: InboxItem,
	{ state, what }: { state: "skipped" | "answered"; what: string },
	session: Session,
): void {
	const { store } = session.context;
	store.inbox.settle(item, state, "by hand");
	store.replies.trust(item);
	session.putAside = { item, was: item.state, what: `${what} — ${state}` };
}

function undo(session: Session): void {
	const { putAside } = session;
	if (!putAside) return;
	const { item, was } = putAside;
	const { store } = session.context;
	store.inbox.settle(item, was, item.reason);
	store.replies.trust(item, "undo");
	session.putAside = undefined;
}

/** Sends it. A failure of this one alone is shown, and the rest goes on. */
async function attempt(
	answer: Answer,
	{ context, drafts }: Session,
): Promise<ReplyRecord | undefined> {
	const { store, world } = context;
	try {
		return await sendDraft(answer, drafts, context);
	} catch (error) {
		if (!affectsOneAnswer(error))
			throw withWhatIsLeft(error, store.inbox.list(["new"]).length);
		world.terminal.note(`igwh: not sent: ${error.message}\n  ${error.hint}`);
		return undefined;
	}
}
