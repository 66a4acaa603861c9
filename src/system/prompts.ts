import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
	edit: editText,
};

/** `VISUAL` and `EDITOR` may hold arguments, so a shell runs them, as git does. */
async function editText(text: string, suffix: string): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), "igwh-"));
	const file = join(folder, `edit${suffix}`);
	try {
		await writeFile(file, text, { mode: 0o600 });
		const editor = process.env.VISUAL || process.env.EDITOR || "vi";
		const { status, error } = spawnSync(`${editor} "${file}"`, {
			shell: true,
			stdio: ["inherit", process.stderr.fd, "inherit"],
		});
		if (status === 0) return await readFile(file, "utf8");
		throw new IgwhError(
			"input",
			`the editor ${editor} failed${error ? `: ${error.message}` : ` with ${status}`}`,
			"name another one in EDITOR",
		);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
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
