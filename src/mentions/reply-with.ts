import type { Config } from "../config/config.ts";
import { GraphRefusal } from "../graph/graph-error.ts";
import { IgwhError } from "../igwh-error.ts";
import type { InboxItem } from "../store/inbox.ts";
import type { Store } from "../store/store.ts";
import type { World } from "../world.ts";
import { type MentionContext, mentionContextOf } from "./mention-context.ts";
import { defaultLimits, messageProblem } from "./message-limits.ts";
import { readItem } from "./read-item.ts";
import type {
	MentionRecord,
	ReplyRecord,
	UnansweredRecord,
} from "./records.ts";
import { sendAnswer } from "./send-answer.ts";

/** How long a program may take over one mention. */
const programMs = 30_000;

/** How many characters of a program's error output are shown. */
const maxErrorLength = 500;

export interface Answering {
	/** Answers the mentions of a delivery, in the background. */
	received(deliveryId: string): void;
	/** Ends the program; an answer that is being sent is settled first. */
	close(): Promise<void>;
}

/**
 * Gives each mention that arrives to a program on its stdin, as one line of
 * JSON; what it prints is the answer, nothing for none. One at a time. Its
 * failures are shown and stop nothing.
 */
export function replyWith(
	program: string,
	{ config, store, world }: { config: Config; store: Store; world: World },
	emit: (record: ReplyRecord | UnansweredRecord) => void,
): Answering {
	const closing = new AbortController();
	// The end of the listener ends a wait for a rate limit as well.
	const interrupt = AbortSignal.any([world.interrupt, closing.signal]);
	const context = mentionContextOf(config, store, { ...world, interrupt });
	/** Why no more answers are sent: by account, or for all of them. */
	const stopped = new Map<string, string>();
	let queue = Promise.resolve();

	const work = async (item: InboxItem) => {
		if (closing.signal.aborted) return;
		try {
			const reason = stopped.get(item.accountId) ?? stopped.get(allAccounts);
			if (reason) throw new IgwhError("graph", reason, "");
			const mention = await readable(item, context);
			const message =
				mention && (await ask(program, mention, world, closing.signal));
			if (mention && message)
				emit(await sendAnswer({ target: item, mention, message }, context));
		} catch (error) {
			if (closing.signal.aborted) return;
			const scope = scopeOf(error, item);
			if (scope && !stopped.has(scope))
				stopped.set(
					scope,
					`no more answers in this run: ${(error as Error).message}`,
				);
			emit(unanswered(item, error));
		}
	};
	return {
		received: (deliveryId) => {
			queue = queue
				.then(async () => {
					for (const item of store.inbox.named(deliveryId))
						if (item.state === "new") await work(item);
				})
				.catch(({ message }) => world.terminal.note(`igwh: ${message}`));
		},
		close: () => {
			closing.abort();
			return queue;
		},
	};
}

/** Nothing for one that the account wrote itself: it is skipped when it is read. */
async function readable(
	item: InboxItem,
	context: MentionContext,
): Promise<MentionRecord | undefined> {
	const record = await readItem(item, context);
	if (record.type === "unreadable")
		throw new IgwhError(
			"graph",
			record.reason,
			"igwh lookup shows the mention",
		);
	return record.inbox?.state === "new" ? record : undefined;
}

/** @throws IgwhError where the program failed, or its answer cannot be sent */
async function ask(
	program: string,
	mention: MentionRecord,
	{ processes }: World,
	signal: AbortSignal,
): Promise<string> {
	const finished = await processes.run(program, {
		input: `${JSON.stringify(mention)}\n`,
		timeoutMs: programMs,
		signal,
	});
	const { code, timedOut, stdout, stderr } = finished;
	if (timedOut)
		throw failed(`${program} gave no answer within ${programMs / 1000} s`);
	if (finished.problem) throw failed(`${program}: ${finished.problem}`);
	if (code !== 0) {
		const [line = ""] = stderr.trim().split("\n").slice(-1);
		throw failed(
			`${program} ended with ${code}${line && `: ${line.slice(0, maxErrorLength)}`}`,
		);
	}
	const message = stdout.trim();
	const problem = message ? messageProblem(message, defaultLimits) : undefined;
	if (problem)
		throw failed(`the answer of ${program} cannot be sent: ${problem}`);
	return message;
}

function failed(message: string): IgwhError {
	return new IgwhError("check", message, "the mention stays in the inbox");
}

const allAccounts = "all";

/** Whose calls to stop, because they would be refused again or make a rate limit last longer. */
function scopeOf(error: unknown, { accountId }: InboxItem): string | undefined {
	if (error instanceof GraphRefusal)
		return error.about === "app"
			? allAccounts
			: error.affectsEveryCall
				? accountId
				: undefined;
	return error instanceof IgwhError && error.code === "configuration"
		? allAccounts
		: undefined;
}

function unanswered(
	{ mediaId, commentId }: InboxItem,
	error: unknown,
): UnansweredRecord {
	return {
		type: "unanswered",
		mediaId,
		...(commentId && { commentId }),
		reason: error instanceof Error ? error.message : String(error),
	};
}
