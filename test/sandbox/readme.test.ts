import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "../../src/sandbox");
const readme = readFileSync(join(folder, "README.md"), "utf8");

test("the headings that comments cite are in the README", () => {
	const headings = new Set(
		[...readme.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading),
	);
	const cited = readdirSync(folder, { recursive: true, encoding: "utf8" })
		.filter((path) => path.endsWith(".ts"))
		.flatMap((path) => [
			...readFileSync(join(folder, path), "utf8").matchAll(
				/\(README: ([^)]+)\)/g,
			),
		])
		.map(([, heading]) => heading);
	expect(cited.length).toBeGreaterThan(15);
	expect(cited.filter((heading) => !headings.has(heading))).toEqual([]);
});
