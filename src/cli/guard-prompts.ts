import type { Choice, Panel, Prompts } from "../world.ts";
import { safeLines, safeText } from "./safe-text.ts";

interface Guard {
	/** Hides secrets. */
	mask(text: string): string;
	/** Called before a question is asked. */
	ask(): void;
}

/** Prompts whose questions and choices contain no control characters and no secrets. */
export function guardPrompts(prompts: Prompts, { mask, ask }: Guard): Prompts {
	const said = (message: string) => {
		ask();
		return mask(safeLines(message));
	};
	const shown = <T>(choices: Choice<T>[]) =>
		choices.map((choice) => ({ ...choice, name: mask(safeText(choice.name)) }));
	const clean = (lines: readonly string[]) =>
		lines.map((line) => mask(safeText(line)));
	const panelOf = ({ head, text }: Panel) => ({
		head: clean(head),
		text: clean(text),
	});
	return {
		select: (message, choices, panel) =>
			prompts.select(
				said(message),
				shown(choices),
				...(panel ? [panelOf(panel)] : []),
			),
		search: (message, choices) =>
			prompts.search(said(message), async () => shown(await choices())),
		input: (message, options = {}) => {
			const { panel, ...rest } = options;
			return prompts.input(said(message), {
				...rest,
				...(panel && { panel: panelOf(panel) }),
			});
		},
		confirm: (message) => prompts.confirm(said(message)),
		secret: (message) => prompts.secret(said(message)),
	};
}
