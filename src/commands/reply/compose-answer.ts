import { editorOf, editText } from "../../cli/edit-text.ts";
import { IgwhError } from "../../igwh-error.ts";
import {
	type MessageLimits,
	messageProblem,
} from "../../mentions/message-limits.ts";
import type { World } from "../../world.ts";

/**
 * Lets the person write an answer, look at it, change it, and decide.
 * @returns what is to be sent; nothing where they dropped it
 */
export async function composeAnswer(
	start: "line" | "editor",
	limits: MessageLimits,
	world: World,
): Promise<string | undefined> {
	const { prompts } = world;
	let how: "line" | "editor" | "send" | "drop" = start;
	let text = "";
	for (;;) {
		text =
			how === "editor"
				? await inEditor(text, world)
				: await onLine(text, limits, world);
		const problem = messageProblem(text, limits);
		if (!text) return undefined;
		how = await prompts.select(
			problem
				? `It cannot be sent: ${problem}.`
				: `Your answer, ${measure(text, limits)}:\n${indented(text)}\n`,
			[
				...(problem ? [] : [{ name: "Send it", value: "send" as const }]),
				// A line cannot hold more than one.
				...(text.includes("\n")
					? []
					: [{ name: "Change it", value: "line" as const }]),
				{ name: `Change it in ${editorOf(world)}`, value: "editor" as const },
				{ name: "Drop it, back to the list", value: "drop" as const },
			],
		);
		if (how === "send") return text;
		if (how === "drop") return undefined;
	}
}

async function onLine(
	text: string,
	limits: MessageLimits,
	{ prompts }: World,
): Promise<string> {
	const typed = await prompts.input("Your answer (empty: back):", {
		initial: text,
		measure: (typed) => measure(typed, limits),
		problem: (typed) =>
			typed.trim() ? messageProblem(typed.trim(), limits) : undefined,
	});
	return typed.trim();
}

/** An editor that fails leaves the text as it was. */
async function inEditor(text: string, world: World): Promise<string> {
	try {
		return (await editText(text, "answer.txt", world)).trim();
	} catch (error) {
		if (!(error instanceof IgwhError) || error.code !== "input") throw error;
		world.terminal.note(`${error.message}\n  ${error.hint}`);
		return text;
	}
}

function measure(text: string, { maxLength }: MessageLimits): string {
	return `${text.length}/${maxLength}`;
}

function indented(text: string): string {
	return text.replace(/^/gm, "  ");
}
