import { expect, test } from "vitest";
import { choosePage } from "../../../src/commands/init/choose-page.ts";
import { openSetup, type Topic } from "../../../src/commands/init/setup.ts";
import { loadConfig } from "../../../src/config/config.ts";
import { Secret } from "../../../src/config/secret.ts";
import type { Page } from "../../../src/graph/accounts.ts";
import { createMachine, type Person } from "../../support/memory-world.ts";

const page = (id: string, igUserId?: string): Page => ({
	id,
	name: `Page ${id}`,
	token: new Secret("EAA"),
	igUserId,
	username: undefined,
});
const linked = page("1", "178410000000001");
const other = page("2", "178410000000002");
const bare = page("3");

/** The id of the page, or the error's message; and what was noted. */
async function choose(
	pages: readonly Page[],
	env: Record<string, string> = {},
	{ answers, changes = [] }: Person & { changes?: Topic[] } = {},
) {
	const notes: string[] = [];
	const world = createMachine(env).world(answers ? { answers } : {});
	const setup = await openSetup(await loadConfig({}, world, {}), {
		...world,
		terminal: { ...world.terminal, note: (text) => notes.push(text) },
	});
	for (const topic of changes) setup.changes.add(topic);
	const chosen = await choosePage(setup, pages).then(
		({ id }) => id,
		(error) => error.message,
	);
	return [chosen, notes.join("\n")];
}

test.each([
	["the only one with an account", [bare, linked], {}, "1"],
	["the configured one", [linked, other], { IGWH_PAGE_ID: "2" }, "2"],
	[
		"the configured account's",
		[linked, other],
		{ IGWH_IG_USER_ID: "178410000000002" },
		"2",
	],
	[
		"none of several",
		[linked, other],
		{},
		"the token sees several pages: Page 1 (1): 178410000000001; Page 2 (2): 178410000000002",
	],
	[
		"not another one than the configured one",
		[linked],
		{ IGWH_PAGE_ID: "9" },
		"the token does not see page 9; it sees Page 1 (1): 178410000000001",
	],
	[
		"not one without an account",
		[linked, bare],
		{ IGWH_PAGE_ID: "3" },
		"page 3 shows no linked Instagram account",
	],
])("without a terminal: %s", async (_, pages, env, chosen) => {
	expect(await choose(pages, { ...env } as Record<string, string>)).toEqual([
		chosen,
		"",
	]);
});

test.each([
	["a page without an account is explained, and asked again", {}, ["Page 3"]],
	["the configured one has no account", { IGWH_PAGE_ID: "3" }, [] as string[]],
])("at a terminal: %s", async (_, env, answers) => {
	const [chosen, notes] = await choose(
		[linked, other, bare],
		{ ...env } as Record<string, string>,
		{ answers: [...answers, "Page 2"] },
	);
	expect(chosen).toBe("2");
	expect(notes).toMatch(/page 3 shows no (linked )?Instagram account/);
});

test("the configured one is asked for again where it is to change", async () => {
	const [chosen] = await choose(
		[linked, other],
		{ IGWH_PAGE_ID: "1" },
		{ answers: ["Page 2"], changes: ["page"] },
	);
	expect(chosen).toBe("2");
});
