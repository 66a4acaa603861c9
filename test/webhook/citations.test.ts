import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sources } from "../support/sources.ts";

const readme = readFileSync(
	join(import.meta.dirname, "../../src/webhook/README.md"),
	"utf8",
);
const headings = [...readme.matchAll(/^## (.+)$/gm)].map(([, name]) => name);

test("what comments cite is a heading of webhook/README.md", () => {
	const cited = sources.flatMap(({ path, text }) => {
		const own = path.startsWith("webhook/")
			? /\bREADME: ([A-Z][\w ]*\w)/g
			: /webhook\/README: ([A-Z][\w ]*\w)/g;
		return [...text.matchAll(own)].map(([, name]) => `${path}: ${name}`);
	});
	expect(cited.length).toBeGreaterThan(10);
	expect(
		cited.filter((citation) => !headings.includes(citation.split(": ")[1])),
	).toEqual([]);
});
