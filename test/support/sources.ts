import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";

const folder = join(import.meta.dirname, "../../src");

/** A file of `src`, by its path from there. */
export interface SourceFile {
	path: string;
	text: string;
	imports: readonly SourceImport[];
}

export interface SourceImport {
	/** A path from `src`, or the name of a package. */
	target: string;
	isPackage: boolean;
	kind: "value" | "type" | "lazy";
}

export const sources: readonly SourceFile[] = readdirSync(folder, {
	recursive: true,
	encoding: "utf8",
})
	.filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
	.map((name) => name.replaceAll("\\", "/"))
	.sort()
	.map((path) => {
		const text = readFileSync(join(folder, path), "utf8");
		return { path, text, imports: importsOf(path, text) };
	});

/** Its first folder; `main` for the files that start igwh, nothing for the others at the top. */
export function folderOf(path: string): string {
	if (["index.ts", "main.ts"].includes(path)) return "main";
	return path.includes("/") ? (path.split("/")[0] as string) : "";
}

function importsOf(path: string, text: string): SourceImport[] {
	const statement =
		/^(?:import|export)\s+(type\s)?(?:[^;"]*?\sfrom\s+)?"([^"]+)"|\bimport\("([^"]+)"\)/gm;
	return [...text.matchAll(statement)].map(([whole, type, named, lazy]) => {
		const target = (named ?? lazy) as string;
		const isPackage = !target.startsWith(".");
		const typesOnly =
			type || /^import\s*\{(\s*type\s[^,}]+,?)+\s*\}/.test(whole);
		return {
			target: isPackage ? target : posix.join(dirname(path), target),
			isPackage,
			kind: lazy ? "lazy" : typesOnly ? "type" : "value",
		};
	});
}
