import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

test("the tests that the source names as proof exist", () => {
	const named = readdirSync("src", { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith(".ts"))
		.flatMap(
			(name) =>
				readFileSync(join("src", name), "utf8").match(
					/\btest\/[\w./-]+\.test\.ts/g,
				) ?? [],
		);
	expect(named.length).toBeGreaterThan(5);
	expect(named.filter((path) => !existsSync(path))).toEqual([]);
});
