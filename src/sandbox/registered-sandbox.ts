import { join } from "node:path";
import { isLoopbackUrl } from "../loopback-guard.ts";
import { asRecord, asString } from "../webhook/delivery.ts";
import { UnreachableError, type World } from "../world.ts";
import { sandboxAnswers } from "./sandbox-answers.ts";

const fileName = "sandbox.json";

/**
 * Writes into the home folder where a sandbox runs, so that the other commands
 * find it. Without a folder that can be written they need its address.
 * @returns how to remove that again
 */
export async function registerSandbox(
	{ home, url }: { home: string; url: string },
	files: World["files"],
): Promise<() => Promise<void>> {
	const path = join(home, fileName);
	const text = `${JSON.stringify({ url })}\n`;
	await writeHomeFile(home, fileName, text, files).catch(() => {});
	return async () => {
		// Another sandbox may have taken its place.
		if ((await files.read(path).catch(() => undefined)) === text)
			await files.remove(path).catch(() => {});
	};
}

/** Where a sandbox runs that has this home folder; nothing where none answers. */
export async function registeredSandbox(
	home: string,
	world: Pick<World, "files" | "network">,
): Promise<string | undefined> {
	const text = await world.files.read(join(home, fileName));
	const url = asString(asRecord(parsed(text ?? "")).url);
	// The folder may have come with somebody's repository.
	if (!isLoopbackUrl(url)) return undefined;
	return (await stillRuns(url, world)) ? url : undefined;
}

/** Another program may have the port by now. */
async function stillRuns(
	url: string,
	world: Pick<World, "network">,
): Promise<boolean> {
	try {
		return await sandboxAnswers(url, world);
	} catch (error) {
		if (error instanceof UnreachableError) throw error;
		return false;
	}
}

/** A file of the home folder, which git ignores. */
export async function writeHomeFile(
	home: string,
	name: string,
	text: string,
	files: World["files"],
): Promise<void> {
	const ignore = join(home, ".gitignore");
	if ((await files.read(ignore)) === undefined)
		await files.write(ignore, "*\n");
	await files.write(join(home, name), text);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
