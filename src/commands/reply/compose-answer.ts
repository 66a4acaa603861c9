import { editorOf } from "../../cli/edit-text.ts";
import { IgwhError, interrupted } from "../../igwh-error.ts";
import {
	type MessageLimits,
	messageProblem,
} from "../../mentions/message-limits.ts";
import type { MentionRecord } from "../../mentions/records.ts";
import type { InboxTarget } from "../../store/inbox.ts";
import type { Panel, World } from "../../world.ts";
import type { Drafts } from "./drafts.ts";
import { withQuote } from "./quoted-mention.ts";

export interface Composition {
	target: InboxTarget;
	mention: MentionRecord;
	drafts: Drafts;
	limits: MessageLimits;
	world: World;
	/** What the answer is for, where it is not on the screen yet. */
	panel?: Panel;
}

type Step = "line" | "editor" | "send" | "discard";

/**
 * Lets the person write an answer, look at it, change it, and decide. What they
 * wrote is kept as a draft until it is sent or discarded, however this ends.
 * @returns what is to be sent; nothing where there is nothing to send
 */
export async function composeAnswer(
	start: "line" | "editor",
	composition: Composition,
): Promise<string | undefined> {
	const { target, drafts, world } = composition;
	const draft = { text: await drafts.read(target) };
	try {
		const decision = await write(start, draft, composition);
		if (decision === "send") return draft.text;
		await drafts.keep(target, "");
		return undefined;
	} catch (error) {
		if (await drafts.read(target))
			world.terminal.note("igwh: the draft is kept; igwh reply continues it");
		throw error;
	}
}

async function write(
	start: "line" | "editor",
	draft: { text: string },
	composition: Composition,
): Promise<"send" | "discard"> {
	let step: Step = start;
	// A line cannot hold more than one.
	if (draft.text.includes("\n") && step === "line")
		step = await decide(draft.text, composition);
	while (step === "line" || step === "editor") {
		if (step === "editor") await inEditor(draft, composition);
		else await onLine(draft, composition);
		if (!draft.text) return "discard";
		step = await decide(draft.text, composition);
	}
	return step;
}

function decide(
	text: string,
	{ limits, mention, world }: Composition,
): Promise<Step> {
	const problem = messageProblem(text, limits);
	return world.prompts.select<Step>(
		problem ? `It cannot be sent: ${problem}.` : "Send it?",
		[
			...(problem ? [] : [{ name: "Send it", value: "send" as const }]),
			...(text.includes("\n")
				? []
				: [{ name: "Change it", value: "line" as const }]),
			{ name: `Change it in ${editorOf(world)}`, value: "editor" },
			{ name: "Discard it", value: "discard" },
		],
		{
			head: [
				`Your answer to @${mention.username ?? "unknown"}, ${measure(text, limits)}:`,
			],
			text: text.split("\n"),
		},
	);
}

async function onLine(
	draft: { text: string },
	{ target, drafts, limits, world, panel }: Composition,
): Promise<void> {
	const keep = () => drafts.keep(target, draft.text);
	const keepInTime = () => void keep().catch(() => {});
	world.interrupt.addEventListener("abort", keepInTime, { once: true });
	try {
		const typed = await world.prompts.input("Your answer (empty: cancel):", {
			initial: draft.text,
			...(panel && { panel }),
			measure: (typed) => measure(typed, limits),
			changed: (typed) => {
				draft.text = typed;
			},
			problem: (typed) =>
				typed.trim() ? messageProblem(typed.trim(), limits) : undefined,
		});
		draft.text = typed.trim();
	} finally {
		world.interrupt.removeEventListener("abort", keepInTime);
		await keep();
	}
}

/**
 * The editor changes the draft's file itself: what it saved survives whatever
 * ends igwh, and counts even where the editor failed afterwards.
 */
async function inEditor(
	draft: { text: string },
	{ target, mention, drafts, world }: Composition,
): Promise<void> {
	const { files, processes, terminal, interrupt } = world;
	const path = drafts.path(target);
	await files.write(path, withQuote(draft.text, mention));
	try {
		await processes.edit(editorOf(world), path);
	} catch (error) {
		if (!(error instanceof IgwhError) || error.code !== "input") throw error;
		// Ctrl-C ends the editor as well.
		if (!interrupt.aborted)
			terminal.note(`igwh: ${error.message}\n  ${error.hint}`);
	}
	draft.text = await drafts.read(target);
	await drafts.keep(target, draft.text);
	if (interrupt.aborted) throw interrupted();
}

function measure(text: string, { maxLength }: MessageLimits): string {
	return `${text.length}/${maxLength}`;
}
