import { join } from "node:path";
import type { World } from "../world.ts";

/**
 * Gives a text to the person's editor, in a file of its own that is gone
 * afterwards whatever happens.
 * @param name of the file, whose ending tells the editor the language
 * @throws IgwhError `input` where the editor fails
 */
export async function editText(
	text: string,
	name: string,
	world: World,
): Promise<string> {
	const { files, processes } = world;
	const folder = await files.makeTemporaryFolder();
	const path = join(folder, name);
	try {
		await files.write(path, text);
		await processes.edit(editorOf(world), path);
		return (await files.read(path)) ?? "";
	} finally {
		await files.remove(folder);
	}
}

export function editorOf({ env }: World): string {
	return env.VISUAL || env.EDITOR || "vi";
}
