import { basename } from "node:path";
import picomatch from "picomatch";
import type { Files } from "../world.ts";

/** Whether a name has shell wildcards: `*`, `**`, `?`, `[ab]`, `{a,b}`. */
export function isGlob(name: string): boolean {
	return picomatch.scan(name).isGlob || /[*?[{]/.test(name);
}

/** The files that match a pattern, sorted; each folder is visited once, even if links lead to it. */
export async function findFiles(
	typed: string,
	files: Files,
): Promise<string[]> {
	const pattern = typed.replace(/^(\.\/)+/, "");
	const { base, glob } = picomatch.scan(pattern);
	const matches = picomatch(pattern, { posix: true });
	const depth = glob.includes("**")
		? Number.POSITIVE_INFINITY
		: glob.split("/").length;
	const visited = new Set<string>();
	const found: string[] = [];
	await visit(base || ".", depth);
	return [...new Set(found)].sort();

	async function visit(folder: string, levels: number): Promise<void> {
		const identity = (await files.realPath(folder)) ?? folder;
		if (visited.has(identity)) return;
		visited.add(identity);
		for (const path of (await files.list(folder)) ?? []) {
			if (matches(path)) found.push(path);
			if (levels > 1 && !isSkipped(basename(path)))
				await visit(path, levels - 1);
		}
	}
}

function isSkipped(name: string): boolean {
	return name.startsWith(".") || name === "node_modules";
}
