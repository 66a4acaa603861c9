import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderOf, type SourceFile, sources } from "./support/sources.ts";

/** From the inside out: a folder imports those before it, and its neighbours of the same line. */
const layers = [
	[""],
	["webhook"],
	["readers"],
	["config"],
	["cli"],
	["payloads", "graph"],
	["store"],
	[
		"deliveries",
		"receiver",
		"tunnel",
		"callback",
		"mentions",
		"checks",
		"sandbox",
	],
	["commands"],
	["main", "system"],
	["program", "library"],
];

const layerOf = (path: string) =>
	layers.findIndex((folders) => folders.includes(folderOf(path)));

const bypath = new Map(sources.map((source) => [source.path, source]));

/** Files and what they import at once, but for types. */
const edges = sources.flatMap(({ path, imports }) =>
	imports
		.filter(({ isPackage }) => !isPackage)
		.map((imported) => ({ from: path, ...imported })),
);

test("every folder has its place", () => {
	expect(
		sources.filter(({ path }) => layerOf(path) < 0).map(({ path }) => path),
	).toEqual([]);
});

test("imports point inwards", () => {
	const outward = edges.filter(
		({ from, target }) =>
			layerOf(target) > layerOf(from) &&
			// The run loads what only a command with --sandbox needs.
			folderOf(from) !== "main" &&
			// The program starts here.
			from !== "index.ts",
	);
	expect(outward.map(({ from, target }) => `${from} → ${target}`)).toEqual([]);
});

test("no capability leads back to itself", () => {
	const folders = new Map<string, Set<string>>();
	for (const { from, target } of edges) {
		const [a, b] = [folderOf(from), folderOf(target)];
		if (a !== b && a !== "" && b !== "" && a !== "main")
			folders.set(a, (folders.get(a) ?? new Set()).add(b));
	}
	const reaches = (from: string, seen = new Set<string>()): Set<string> => {
		for (const next of folders.get(from) ?? [])
			if (!seen.has(next)) reaches(next, seen.add(next));
		return seen;
	};
	expect(
		[...folders.keys()].filter((folder) => reaches(folder).has(folder)),
	).toEqual([]);
});

test("no file leads back to itself", () => {
	const done = new Set<string>();
	const cycles: string[] = [];
	const visit = (path: string, way: readonly string[]) => {
		if (way.includes(path)) cycles.push([...way, path].join(" → "));
		else if (!done.has(path)) {
			for (const { target, isPackage, kind } of bypath.get(path)?.imports ?? [])
				if (!isPackage && kind === "value") visit(target, [...way, path]);
			done.add(path);
		}
	};
	for (const { path } of sources) visit(path, []);
	expect(cycles).toEqual([]);
});

test("a command imports no other command, except the demo, which plays them", () => {
	const commandOf = (path: string) => path.split("/")[1];
	const others = edges.filter(
		({ from, target }) =>
			from.startsWith("commands/") &&
			from.split("/").length > 2 &&
			target.startsWith("commands/") &&
			commandOf(from) !== commandOf(target) &&
			commandOf(from) !== "demo",
	);
	expect(others.map(({ from, target }) => `${from} → ${target}`)).toEqual([]);
});

test("only system/ and program/ touch the outside", () => {
	const outside =
		/^node:(fs|net|http|https|tls|child_process|tty|os|readline|timers|dns|worker_threads)\b|^(got|undici|localtunnel|inquirer|libsql|open)\b/;
	const touching = sources.filter(
		({ path, text, imports }) =>
			!["system", "program", "library"].includes(folderOf(path)) &&
			// The names of the HTTP statuses are a table, no socket.
			!text.includes('import { STATUS_CODES } from "node:http"') &&
			imports.some(({ target }) => outside.test(target)),
	);
	expect(touching.map(({ path }) => path)).toEqual([]);
	const ambient =
		/\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.|\bsetTimeout\(|\bsetInterval\(|\bperformance\.now\(/;
	expect(
		sources
			.filter(
				({ path, text }) =>
					!["system", "program", "library"].includes(folderOf(path)) &&
					ambient.test(withoutComments(text)),
			)
			.map(({ path }) => path),
	).toEqual([]);
});

test("starting igwh reads declarations, and no heavy package", () => {
	const loaded = new Set<string>();
	const packages = new Set<string>();
	const load = (path: string) => {
		if (loaded.has(path)) return;
		loaded.add(path);
		for (const { target, isPackage, kind } of bypath.get(path)?.imports ?? []) {
			if (kind !== "value") continue;
			if (!isPackage) load(target);
			else if (!target.startsWith("node:")) packages.add(target);
		}
	};
	load("index.ts");
	expect([...packages].sort()).toEqual(["commander", "fastest-levenshtein"]);
	expect([...loaded].filter((path) => /\/(run|view)\.ts$/.test(path))).toEqual(
		[],
	);
	const bytes = [...loaded].reduce(
		(sum, path) => sum + (bypath.get(path)?.text.length ?? 0),
		0,
	);
	expect(bytes).toBeLessThan(200_000);
});

/** Where the program and the libraries start. */
const entries = ["index.ts", "library/webhook.ts", "library/sandbox.ts"];

test("every file has a reader", () => {
	const read = new Set(edges.map(({ target }) => target));
	const unread = sources.filter(
		({ path }) => !read.has(path) && !entries.includes(path),
	);
	expect(unread.map(({ path }) => path)).toEqual([]);
});

test("each package has one home", () => {
	const homes = new Map<string, Set<string>>();
	for (const { path, imports } of sources)
		for (const { target, isPackage, kind } of imports)
			if (isPackage && kind !== "type" && !target.startsWith("node:"))
				homes.set(target, (homes.get(target) ?? new Set()).add(folderOf(path)));
	expect(
		[...homes]
			.filter(([, folders]) => folders.size > 1)
			.map(([name, folders]) => `${name}: ${[...folders].join(", ")}`),
	).toEqual([]);
});

test("unit tests mirror the source", () => {
	const folder = join(import.meta.dirname);
	const folders = new Set(sources.map(({ path }) => folderOf(path)));
	const strays = readdirSync(folder, { recursive: true, encoding: "utf8" })
		.map((name) => name.replaceAll("\\", "/"))
		.filter((name) => name.endsWith(".test.ts") && name.includes("/"))
		.filter((name) => {
			const first = name.split("/")[0] as string;
			return !folders.has(first) && !otherTests.includes(first);
		});
	expect(strays).toEqual([]);
});

/** Tests of more than one unit. */
const otherTests = [
	"edges",
	"flows",
	"receivers",
	"sessions",
	"support",
	"time-limits",
];

test("package.json says what the bundle needs at run time", () => {
	const manifest = JSON.parse(
		readFileSync(join(import.meta.dirname, "../package.json"), "utf8"),
	);
	expect(Object.keys(manifest.dependencies)).toEqual(["libsql"]);
});

function withoutComments(text: SourceFile["text"]): string {
	return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
}
