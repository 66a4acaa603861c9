import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { transcribe } from "../support/transcript.ts";

const sessions = readdirSync(import.meta.dirname).filter((name) =>
	name.endsWith(".md"),
);

/** `npx vitest run test/sessions --update` writes what is seen now, for review. */
test.each(sessions)("%s shows what is seen", async (name) => {
	const path = join(import.meta.dirname, name);
	const text = readFileSync(path, "utf8");
	await expect(await transcribe(text)).toMatchFileSnapshot(path);
});
