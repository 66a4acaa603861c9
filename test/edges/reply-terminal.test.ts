import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { captionMention, commentMention } from "../support/inbox-machine.ts";
import { liveInbox, silentOnce } from "../support/live-inbox.ts";
import { keys, openScreen, type Screen } from "../support/screen.ts";

const program = join(import.meta.dirname, "../../bin/igwh.js");
// Longer than the patience with a screen, whose failure says more.
vi.setConfig({ testTimeout: 60_000 });

const open: { kill(): void; close(): Promise<void> }[] = [];

afterEach(async () => {
	for (const { kill, close } of open.splice(0)) {
		kill();
		await close();
	}
});

interface Seat {
	around?: Parameters<typeof liveInbox>[1];
	editor?: string;
}

async function sitDown({ around, editor = "true" }: Seat = {}) {
	const inbox = await liveInbox([commentMention], around);
	const start = (...more: string[]) => {
		const screen = openScreen(
			process.execPath,
			[program, "reply", ...more, ...inbox.flags],
			{
				PATH: process.env.PATH ?? "",
				TERM: "xterm-256color",
				EDITOR: editor,
				BROWSER: "/bin/true",
			},
		);
		open.push({ kill: screen.kill, close: async () => {} });
		return screen;
	};
	open.push({ kill: () => {}, close: inbox.close });
	return { ...inbox, start };
}

const list = "Answer which?";
const actions = "What now?";
const prompt = "Your answer (empty: back)";
const preview = "Send it";

/** From the list to the preview of an answer. */
async function write(screen: Screen, text: string): Promise<void> {
	await screen.shows(list);
	await screen.shows("@duncan.macleod: @bluebottle challenge?");
	screen.type(keys.enter);
	await screen.shows(actions);
	screen.type(keys.enter);
	await screen.shows(prompt);
	screen.type(text);
	await screen.shows(`${text.length}/2200 ${text}`);
	screen.type(keys.enter);
	await screen.shows(preview);
}

test("choose, read, write, change, send", async () => {
	const { start, said } = await sitDown();
	const screen = start();
	await write(screen, "Chalenge accepted!");
	expect(screen.text()).toContain("in a comment on 17918195224117851");
	screen.type(keys.down + keys.enter);
	await screen.shows("18/2200 Chalenge accepted!");
	screen.type(`${keys.clearLine}Challenge accepted!`);
	await screen.shows("19/2200 Challenge accepted!");
	screen.type(keys.enter);
	await screen.shows("Your answer, 19/2200:");
	screen.type(keys.enter);
	await screen.shows(
		"✓ answered comment 17894227972186120: Challenge accepted!",
	);
	await screen.shows("Nothing is left to answer.");
	expect(await screen.ended).toBe(0);
	expect(said()).toEqual(["Challenge accepted!"]);
});

test("an editor writes, the answer keeps its lines", async () => {
	const { start, said } = await sitDown({
		editor: "printf 'first\\nsecond\\n' >",
	});
	const screen = start();
	await screen.shows("@bluebottle challenge?");
	screen.type(keys.enter);
	await screen.shows("in the editor");
	screen.type(keys.down + keys.enter);
	await screen.shows(preview);
	expect(screen.text()).toMatch(/^ {2}first\n {2}second/m);
	screen.type(keys.enter);
	expect(await screen.ended).toBe(0);
	expect(said()).toEqual(["first\nsecond"]);
});

test("filter, skip, undo, and what arrives meanwhile", async () => {
	const { start, said, receive } = await sitDown();
	const screen = start();
	await screen.shows("@bluebottle challenge?");
	await receive([captionMention]);
	screen.type("only");
	await screen.shows("❯ @highlander.films (caption)");
	await screen.lost("@duncan.macleod");
	screen.type(keys.enter);
	await screen.shows(actions);
	await screen.shows("Skip it");
	screen.type(keys.down.repeat(3) + keys.enter);
	await screen.shows("— skipped");
	screen.type("undo");
	await screen.shows("❯ Undo:");
	screen.type(keys.enter);
	await screen.shows("❯ @highlander.films (caption): ");
	await screen.shows("  @duncan.macleod: @bluebottle challenge?");
	screen.type("stop");
	await screen.shows("❯ Stop here");
	screen.type(keys.enter);
	expect(await screen.ended).toBe(0);
	expect(said()).toEqual([]);
});

test.each([
	["the list", 0],
	["the choice of what to do", 1],
	["the writing", 2],
	["the preview", 3],
])("Ctrl-C at %s leaves everything as it was", async (_, step) => {
	const { start, said } = await sitDown();
	const screen = start();
	await screen.shows("@bluebottle challenge?");
	const steps = [list, actions, prompt, preview];
	for (const shown of steps.slice(1, step + 1)) {
		if (shown === preview) {
			screen.type("Yes!");
			await screen.shows("4/2200 Yes!");
		}
		screen.type(keys.enter);
		await screen.shows(shown);
	}
	screen.type(keys.ctrlC);
	expect(await screen.ended).toBe(130);
	expect(said()).toEqual([]);
	const again = start();
	await again.shows("@bluebottle challenge?");
	expect(again.text().includes("(draft)")).toBe(step === 3);
	expect(again.text()).not.toContain("perhaps answered");
});

test("Ctrl-C in the editor leaves everything as it was", async () => {
	const { start, said } = await sitDown({
		editor: "echo the editor is here; sleep 60 #",
	});
	const screen = start();
	await screen.shows("@bluebottle challenge?");
	screen.type(keys.enter);
	await screen.shows("in the editor");
	screen.type(keys.down + keys.enter);
	await screen.shows("the editor is here");
	screen.type(keys.ctrlC);
	expect(await screen.ended).toBe(130);
	expect(said()).toEqual([]);
});

test("all at once are shown and confirmed", async () => {
	const { start, said, receive } = await sitDown();
	await receive([captionMention]);
	const all = ["--all", "--template", "Thanks @{{username}}!"];
	const declined = start(...all);
	await declined.shows("Send these 2 answers?");
	expect(declined.text()).toContain("@highlander.films  Thanks @highlander");
	declined.type(`n${keys.enter}`);
	expect(await declined.ended).toBe(0);
	expect(said()).toEqual([]);
	const confirmed = start(...all);
	await confirmed.shows("Send these 2 answers?");
	confirmed.type(`y${keys.enter}`);
	expect(await confirmed.ended).toBe(0);
	expect(said()).toEqual([
		"Thanks @duncan.macleod!",
		"Thanks @highlander.films!",
	]);
});

test("Ctrl-C while it is being sent leaves it in doubt, and the next run says so", async () => {
	const { around, posted } = silentOnce(false);
	const { start, said } = await sitDown({ around });
	const screen = start();
	await write(screen, "Yes!");
	screen.type(keys.enter);
	await posted;
	screen.type(keys.ctrlC);
	expect(await screen.ended).toBe(130);
	const again = start();
	await again.shows("whether the answer to comment 17894227972186120 of");
	await again.shows("@duncan.macleod (perhaps answered)");
	again.type(keys.enter);
	await again.shows("Send the same again: Yes!");
	again.type(keys.ctrlC);
	expect(await again.ended).toBe(130);
	expect(said()).toEqual([]);
});
