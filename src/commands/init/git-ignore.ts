import { basename, dirname, join } from "node:path";
import { quoted } from "../../readers/reader.ts";
import type { World } from "../../world.ts";
import type { Setup } from "./setup.ts";

/** git answers at once; a slow disk may take a while. */
const timeoutMs = 10_000;

/** What is to be added to which file, so that git ignores the env file. */
export interface Ignoring {
	path: string;
	text: string;
}

/**
 * Asks whether git may ignore the env file, where it does not yet.
 * @param wish what was given by flag
 */
export async function planIgnoring(
	{ envFile, world, interactive, note }: Setup,
	wish: boolean | undefined,
): Promise<Ignoring | undefined> {
	if (wish === false || !(await isInGit(envFile, world))) return undefined;
	if (await isTracked(envFile, world))
		note(
			`igwh: git tracks ${envFile}, so its secrets are committed: git rm --cached ${quoted(envFile)}`,
		);
	const path = join(dirname(envFile), ".gitignore");
	const question = `git does not ignore ${envFile}. Add it to ${path}?`;
	if (!wish && !interactive) {
		note(
			`igwh: git does not ignore ${envFile}, which has secrets\n  add it to ${path}, or use --gitignore`,
		);
		return undefined;
	}
	const agreed = wish ?? (await world.prompts.confirm(question));
	return agreed
		? { path, text: await addition(path, envFile, world) }
		: undefined;
}

/** True where git would add the file. */
async function isInGit(envFile: string, world: World): Promise<boolean> {
	return (
		(await git(`check-ignore -q -- ${name(envFile)}`, envFile, world)) === 1
	);
}

async function isTracked(envFile: string, world: World): Promise<boolean> {
	const asked = `ls-files --error-unmatch -- ${name(envFile)}`;
	return (await git(asked, envFile, world)) === 0;
}

/** The exit code; 127 and 128 where there is no git, or no repository. */
async function git(
	asked: string,
	envFile: string,
	{ processes, interrupt }: World,
): Promise<number> {
	const { code } = await processes.run(
		`git -C ${quoted(dirname(envFile))} ${asked}`,
		{ input: "", timeoutMs, signal: interrupt },
	);
	return code;
}

function name(envFile: string): string {
	return quoted(basename(envFile));
}

async function addition(
	path: string,
	envFile: string,
	{ files }: World,
): Promise<string> {
	const before = (await files.read(path)) ?? "";
	const isOpen = before !== "" && !/[\r\n]$/.test(before);
	const pattern = basename(envFile).replace(/[\\*?[\]]/g, "\\$&");
	return `${isOpen ? "\n" : ""}/${pattern}\n`;
}
