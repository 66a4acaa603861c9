import { styleText } from "node:util";
import { safeLines, safeText } from "../cli/safe-text.ts";
import { interrupted } from "../igwh-error.ts";
import type { Choice, InputOptions, Panel, Prompts } from "../world.ts";
import { terminalSize } from "./terminal-size.ts";

/** Prompts through `inquirer`, on stderr, so that stdout holds results only. */
export const systemPrompts: Prompts = {
	select: async <T>(message: string, choices: Choice<T>[], panel?: Panel) => {
		const { menuPrompt } = await import("./menu-prompt.ts");
		return answered(
			menuPrompt(
				{
					message: safeLines(message),
					choices: choices.map(safe),
					...(panel && { panel }),
				},
				context,
			),
		) as Promise<T>;
	},
	search: async <T>(message: string, choices: () => Promise<Choice<T>[]>) => {
		const { listPrompt } = await import("./list-prompt.ts");
		return answered(
			listPrompt(
				{ message, choices: async () => (await choices()).map(safe) },
				context,
			),
		) as Promise<T>;
	},
	input: async (message, options = {}) =>
		ask<string>({
			type: "input",
			message: options.panel ? await below(options.panel, message) : message,
			// The panel is above the question, and the question mark belongs to the question.
			...(options.panel && { theme: { prefix: { idle: "", done: "" } } }),
			...line(options),
		}),
	confirm: (message) =>
		ask<boolean>({
			type: "confirm",
			message: safeLines(message),
			default: false,
		}),
	secret: (message) => ask<string>({ type: "password", message, mask: true }),
};

const context = { output: process.stderr };

/** The texts in the lists are written by strangers. */
function safe<T>(choice: Choice<T>): Choice<T> {
	return { ...choice, name: safeText(choice.name) };
}

/** The options of inquirer's input prompt. */
function line({ initial, measure, changed, problem }: InputOptions) {
	return {
		...(initial && { default: initial, prefill: "editable" }),
		// In front of what is typed: behind it the cursor would be misplaced.
		transformer: (text: string, { isFinal }: { isFinal: boolean }) => {
			changed?.(text);
			return isFinal || !measure ? safeText(text) : `${measure(text)} ${text}`;
		},
		validate: (text: string) => problem?.(text) ?? true,
	};
}

/** Rows for the question and a long answer below a panel. */
const answerRows = 10;

async function below(panel: Panel, message: string): Promise<string> {
	const { panelLines } = await import("./panel-lines.ts");
	const { columns, rows } = terminalSize();
	const { lines } = panelLines(panel, { columns, rows: rows - answerRows });
	return ["", ...lines, `${styleText("blue", "?")} ${message}`].join("\n");
}

async function ask<T>(question: object): Promise<T> {
	const { default: inquirer } = await import("inquirer");
	const prompt = inquirer.createPromptModule(context);
	const answers = await answered(
		prompt([{ name: "answer", ...question } as never]),
	);
	return (answers as { answer: T }).answer;
}

/** @throws IgwhError `interrupted` after Ctrl-C */
async function answered<T>(prompt: Promise<T>): Promise<T> {
	try {
		return await prompt;
	} catch (error) {
		if ((error as Error).name !== "ExitPromptError") throw error;
		throw interrupted();
	}
}
