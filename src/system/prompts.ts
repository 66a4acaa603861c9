import { safeText } from "../cli/safe-text.ts";
import { IgwhError } from "../igwh-error.ts";
import type { Choice, InputOptions, Prompts } from "../world.ts";

const pageSize = 12;

/** Prompts through `inquirer`, on stderr, so that stdout holds results only. */
export const systemPrompts: Prompts = {
	select: <T>(message: string, choices: Choice<T>[]) =>
		ask<T>({
			type: "select",
			message: safeLines(message),
			choices: choices.map(shown),
			pageSize,
		}),
	search: <T>(message: string, choices: () => Promise<Choice<T>[]>) =>
		ask<T>({
			type: "search",
			message,
			source: async (term?: string) => matching(await choices(), term ?? ""),
			pageSize,
		}),
	input: (message, { initial, measure, problem }: InputOptions = {}) =>
		ask<string>({
			type: "input",
			message,
			...(initial && { default: initial, prefill: "editable" }),
			// In front of what is typed: behind it the cursor would be misplaced.
			...(measure && {
				transformer: (text: string, { isFinal }: { isFinal: boolean }) =>
					isFinal ? safeText(text) : `${measure(text)} ${text}`,
			}),
			validate: (text: string) => problem?.(text) ?? true,
		}),
	confirm: (message) =>
		ask<boolean>({ type: "confirm", message: safeLines(message) }),
	secret: (message) => ask<string>({ type: "password", message, mask: true }),
};

/** Choices that have every typed word somewhere in their name. */
function matching<T>(choices: Choice<T>[], term: string): Choice<T>[] {
	const words = term.toLowerCase().split(/\s+/);
	return choices
		.map(shown)
		.filter(
			({ name, always }) =>
				always || words.every((word) => name.toLowerCase().includes(word)),
		);
}

/** Strangers' words stand in the lists, each on a line of its own. */
function shown<T>(choice: Choice<T>): Choice<T> {
	const columns = Math.max((process.stderr.columns ?? 80) - 4, 20);
	const name = [...safeText(choice.name)];
	const fits = name.length <= columns;
	return {
		...choice,
		name: fits ? name.join("") : `${name.slice(0, columns - 1).join("")}…`,
	};
}

function safeLines(text: string): string {
	return text.split("\n").map(safeText).join("\n");
}

async function ask<T>(question: object): Promise<T> {
	const { default: inquirer } = await import("inquirer");
	const prompt = inquirer.createPromptModule({ output: process.stderr });
	try {
		const answers = await prompt([{ name: "answer", ...question } as never]);
		return (answers as { answer: T }).answer;
	} catch (error) {
		if ((error as Error).name === "ExitPromptError")
			throw new IgwhError(
				"interrupted",
				"interrupted",
				"run the command again to go on",
			);
		throw error;
	}
}
