import { join } from "node:path";
import type { World } from "../world.ts";

/**
 * Opens a text in the person's editor, in a temporary file that is removed
 * afterwards in any case.
 * @param name of the file; its extension names the language
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
