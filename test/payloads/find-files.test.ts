import { expect, test } from "vitest";
import { findFiles, isGlob } from "../../src/payloads/find-files.ts";
import type { Files } from "../../src/world.ts";

const tree: Record<string, string[]> = {
	".": ["a.json", "fixtures", "node_modules", ".git"],
	fixtures: ["fixtures/b.json", "fixtures/c.md", "fixtures/deep"],
	"fixtures/deep": ["fixtures/deep/b1.json", "fixtures/deep/d.json"],
	node_modules: ["node_modules/e.json"],
	".git": [".git/f.json"],
};
const files = {
	list: async (path: string) => tree[path],
	realPath: async (path: string) => path,
} as Files;

test.each([
	["*.json", ["a.json"]],
	["./*.json", ["a.json"]],
	["fixtures/*", ["fixtures/b.json", "fixtures/c.md", "fixtures/deep"]],
	["fixtures/?.json", ["fixtures/b.json"]],
	["fixtures/[bc].*", ["fixtures/b.json", "fixtures/c.md"]],
	["fixtures/[!b].*", ["fixtures/c.md"]],
	["fixtures/{b,x}.json", ["fixtures/b.json"]],
	["*/*/b*.json", ["fixtures/deep/b1.json"]],
	[
		"**/*.json",
		[
			"a.json",
			"fixtures/b.json",
			"fixtures/deep/b1.json",
			"fixtures/deep/d.json",
		],
	],
	[
		"fixtures/**",
		[
			"fixtures/b.json",
			"fixtures/c.md",
			"fixtures/deep",
			"fixtures/deep/b1.json",
			"fixtures/deep/d.json",
		],
	],
	["gone/*", []],
])("%s", async (pattern, expected) => {
	expect(isGlob(pattern)).toBe(true);
	expect(await findFiles(pattern, files)).toEqual(expected);
});

test.each(["foo[", "[z-a].json", "{a", "a(b", "[", "[!", "***", "!*"])(
	"the odd pattern %s finds nothing, and nothing breaks",
	async (pattern) => {
		expect(await findFiles(pattern, files)).toEqual(expect.any(Array));
	},
);

test("a folder that is linked into itself is visited once", async () => {
	const looping = {
		list: async (path: string) =>
			/^\.$|loop$/.test(path)
				? [`${path}/a.json`, `${path}/loop`].map((inside) =>
						inside.replace(/^\.\//, ""),
					)
				: undefined,
		realPath: async (path: string) => path.replace(/^(loop\/?)+/, "") || ".",
	} as Files;
	expect(await findFiles("**/*.json", looping)).toEqual(["a.json"]);
});
