import { spawn } from "node:child_process";
import {
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const modules = join(root, "node_modules");

/** The files of the README: blocks that begin with their name. */
const files = [...readme.matchAll(/```js\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(
	([, name = "", text = ""]) => ({ name, text }),
);

let folder: string;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "igwh-readme-"));
	mkdirSync(join(folder, "node_modules"));
	symlinkSync(root, join(folder, "node_modules/igwh"));
	symlinkSync(join(modules, "vitest"), join(folder, "node_modules/vitest"));
	writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
	for (const { name, text } of files) writeFileSync(join(folder, name), text);
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The example passes, as often as it has tests, and the process ends by itself. */
test.each([
	["vitest", [join(modules, "vitest/vitest.mjs"), "run"], /2 passed/],
	[
		"jest",
		[
			"--experimental-vm-modules",
			join(modules, "jest/bin/jest.js"),
			"--testMatch=**/*.jest.js",
			"--transform={}",
			"--watchman=false",
		],
		/1 passed/,
	],
	["node", ["--test", "errors.node.js"], /pass 1/],
	[
		"a worker's",
		[
			"--input-type=module",
			"-e",
			'import { GET } from "./route.js"; console.log((await GET(new Request("http://x/"))).status)',
		],
		/^403$/m,
	],
] as const)("the README's example with %s runs", async (_, args, passed) => {
	const { code, output } = await run(args);
	expect(output).toMatch(passed);
	expect(code, output).toBe(0);
});

test("has every example", () => {
	expect(files.map(({ name }) => name)).toEqual([
		"app.js",
		"comments.test.js",
		"retries.jest.js",
		"errors.node.js",
		"route.js",
	]);
});

function run(args: readonly string[]) {
	return new Promise<{ code: number | null; output: string }>((resolve) => {
		const { NODE_OPTIONS, VITEST, NODE_ENV, NODE_TEST_CONTEXT, ...env } =
			process.env;
		const child = spawn(process.execPath, args, {
			cwd: folder,
			env: { ...env, NO_COLOR: "1" },
		});
		let output = "";
		for (const stream of [child.stdout, child.stderr])
			stream.on("data", (chunk) => {
				output += chunk;
			});
		child.on("close", (code) => resolve({ code, output }));
	});
}
