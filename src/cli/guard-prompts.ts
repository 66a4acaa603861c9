import type { Choice, Prompts } from "../world.ts";
import { safeLines, safeText } from "./safe-text.ts";

interface Guard {
	/** Hides secrets. */
	mask(text: string): string;
	/** Called before a question is asked. */
	ask(): void;
}

/** Prompts whose questions and choices are cleaned of what could act on a terminal, and hold no secrets. */
export function guardPrompts(prompts: Prompts, { mask, ask }: Guard): Prompts {
	const said = (message: string) => {
		ask();
		return mask(safeLines(message));
	};
	const shown = <T>(choices: Choice<T>[]) =>
		choices.map((choice) => ({ ...choice, name: mask(safeText(choice.name)) }));
	return {
		select: (message, choices) => prompts.select(said(message), shown(choices)),
		search: (message, choices) =>
			prompts.search(said(message), async () => shown(await choices())),
		input: (message, options) => prompts.input(said(message), options),
		confirm: (message) => prompts.confirm(said(message)),
		secret: (message) => prompts.secret(said(message)),
	};
}
