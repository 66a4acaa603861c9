import type { Files } from "../world.ts";

/** Has a name the wildcards of a shell: `*`, `**`, `?`, `[ab]`, `{a,b}`? */
export function isGlob(name: string): boolean {
	return /[*?[{]/.test(name);
}

/** The files that a pattern with wildcards names, sorted. */
export async function findFiles(
	typed: string,
	files: Files,
): Promise<string[]> {
	const pattern = typed.replace(/^\.\//, "");
	const wanted = patternOf(pattern);
	const fixed = pattern.slice(0, pattern.search(/[*?[{]/));
	const base = fixed.slice(0, fixed.lastIndexOf("/") + 1);
	const depth = pattern.includes("**")
		? Number.POSITIVE_INFINITY
		: pattern.slice(base.length).split("/").length;
	const found: string[] = [];
	await visit(base || ".", depth);
	return [...new Set(found)].sort();

	async function visit(folder: string, levels: number): Promise<void> {
		for (const path of (await files.list(folder)) ?? []) {
			if (wanted.test(path)) found.push(path);
			if (levels > 1 && !/(^|\/)(\.[^/]*|node_modules)$/.test(path))
				await visit(path, levels - 1);
		}
	}
}

function patternOf(pattern: string): RegExp {
	const source = pattern
		.replace(/[.+^$()|\\]/g, "\\$&")
		.replace(
			/\{([^{}]*)\}/g,
			(_, names: string) => `(${names.replaceAll(",", "|")})`,
		)
		.replace(/\[!/g, "[^")
		.replace(/\?/g, "[^/]")
		.replace(/\*\*\/|\*\*|\*/g, (stars) =>
			stars === "*" ? "[^/]*" : stars === "**" ? ".*" : "(.*/)?",
		);
	return new RegExp(`^${source}$`);
}
