import { IgwhError } from "../igwh-error.ts";
import { safeText } from "../output/safe-text.ts";
import type { Choice, Prompts } from "../world.ts";

/** Prompts through `inquirer`, on stderr, so that stdout holds results only. */
export const systemPrompts: Prompts = {
	select: <T>(message: string, choices: Choice<T>[]) =>
		ask<T>({
			type: "select",
			message,
			// Strangers' words stand in the list.
			choices: choices.map(({ name, value }) => ({
				name: safeText(name),
				value,
			})),
			pageSize: 12,
		}),
	input: (message) => ask<string>({ type: "input", message }),
	confirm: (message) =>
		ask<boolean>({ type: "confirm", message: safeText(message) }),
	secret: (message) => ask<string>({ type: "password", message, mask: true }),
};

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
