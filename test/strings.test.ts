import { join } from "node:path";
import { expect, test } from "vitest";
import { seenStrings } from "./support/seen-strings.ts";

/** Every text that people can see, in one file: a change of wording is reviewed there. `npx vitest run test/strings.test.ts --update` writes it. */
test("strings.txt holds every text that people can see", async () => {
	const path = join(import.meta.dirname, "strings.txt");
	await expect(seenStrings()).toMatchFileSnapshot(path);
});
