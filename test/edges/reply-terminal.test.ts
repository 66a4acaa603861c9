import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
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
	changes?: object[];
	size?: { cols: number; rows: number };
}

async function sitDown({
	around,
	editor = "true",
	changes = [commentMention],
	size,
}: Seat = {}) {
	const inbox = await liveInbox(changes, around);
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
			size,
		);
		open.push({ kill: screen.kill, close: async () => {} });
		return screen;
	};
	open.push({ kill: () => {}, close: inbox.close });
	return { ...inbox, start };
}

/** So many comments on the account's own media, and one that is not there any more. */
async function sitDownBefore(count: number, seat: Seat = {}) {
	const comment = (id: string, text: string) => ({
		field: "comments",
		value: {
			from: { id: "2817305946120738", username: "duncan.macleod" },
			media: { id: "17955061238374021", media_product_type: "FEED" },
			...{ id, text },
		},
	});
	const texts = Array.from(
		{ length: count },
		(_, index) => `question ${index + 1}`,
	);
	const seated = await sitDown({
		...seat,
		changes: [
			comment("179999", "gone"),
			...texts.map((text, index) => comment(`17000${index}`, text)),
		],
	});
	for (const [index, text] of texts.entries())
		seated.state.comments.set(`17000${index}`, {
			kind: "comment",
			id: `17000${index}`,
			mediaId: "17955061238374021",
			author: { id: "2817305946120738", username: "duncan.macleod" },
			text,
			createdAt: Date.UTC(2018, 2, 20),
			hidden: false,
		});
	return seated;
}

const list = "Answer which?";
const actions = "What now?";
const prompt = "Your answer (empty: cancel)";
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
	await screen.shows("Your answer to @duncan.macleod, 19/2200:");
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
	await again.shows("? the answer to comment 17894227972186120 of");
	await again.shows("@duncan.macleod (perhaps answered)");
	again.type(keys.enter);
	await again.shows("Send the same again: Yes!");
	again.type(keys.ctrlC);
	expect(await again.ended).toBe(130);
	expect(said()).toEqual([]);
});

test("the list counts, pages, and keeps its commands in view", async () => {
	const { start } = await sitDownBefore(30);
	const screen = start();
	await screen.shows("Answer which? 30");
	await screen.shows("❯ @duncan.macleod: question 30");
	await screen.shows("  Show 1 failed\n  Stop here");
	screen.type(keys.pageDown);
	await screen.shows("❯ @duncan.macleod: question 18");
	screen.type(keys.end);
	await screen.shows("❯ @duncan.macleod: question 1\n  Show 1 failed");
	screen.type(keys.pageUp);
	await screen.shows("❯ @duncan.macleod: question 13");
	screen.type(keys.home);
	await screen.shows("❯ @duncan.macleod: question 30");
	screen.type("question 2");
	await screen.shows("Answer which? 12 of 30\n  Filter: question 2");
	screen.type(keys.end + keys.down);
	await screen.shows("❯ Show 1 failed");
	screen.type(keys.enter);
	await screen.shows(/Answer which\? 31[\s\S]*filter$/);
	screen.type(keys.end);
	await screen.shows("❯ @duncan.macleod (failed): gone");
	screen.type(keys.down);
	await screen.shows("❯ Hide the failed ones");
	screen.type(keys.enter);
	await screen.shows(
		/Hide the failed ones\n\? Answer which\? 30[\s\S]*filter$/,
	);
	screen.type(keys.ctrlC);
	expect(await screen.ended).toBe(130);
});

test("a filter without a match leaves nothing under Enter", async () => {
	const { start } = await sitDownBefore(3);
	const screen = start();
	await screen.shows("Answer which? 3");
	screen.type("tea");
	await screen.shows("Answer which? 0 of 3");
	await screen.shows("Nothing matches. Change the filter.");
	screen.type(keys.enter.repeat(3));
	screen.type(keys.backspace.repeat(3));
	await screen.shows("❯ @duncan.macleod: question 3");
	screen.type("2");
	await screen.shows("Answer which? 1 of 3");
	screen.type(keys.enter);
	await screen.shows("question 2");
	await screen.shows("What now?");
	screen.type(keys.ctrlC);
	expect(await screen.ended).toBe(130);
});

describe.each([45, 80, 120])("at %i columns", (cols) => {
	test("a long text is read in a window, with its author in view", async () => {
		const seated = await sitDown({ size: { cols, rows: 24 } });
		const comment = seated.state.comments.get("17894227972186120");
		if (!comment) throw new Error("not in the sandbox");
		comment.text = Array.from(
			{ length: 60 },
			(_, index) => `@bluebottle, sentence ${index + 1} is about coffee.`,
		).join(" ");
		const screens: string[] = [];
		const screen = seated.start();
		/** Keeps the screen, once it is drawn to its last line. */
		const look = async (drawn: RegExp) => {
			await screen.shows(drawn);
			screens.push(screen.text().replace(/\d+ years/, "8 years"));
		};
		await look(/Stop here\n\n.*(Enter|filter)$/);
		screen.type(keys.enter);
		await look(/lines 1–[\s\S]*scroll the text$/);
		screen.type(keys.pageDown);
		await screen.lost("lines 1–");
		screen.type(keys.end);
		await look(/sentence 60[\s\S]*scroll the text$/);
		expect(screen.text()).toContain("\n@duncan.macleod\n");
		screen.type(keys.enter);
		await screen.shows(prompt);
		screen.type("Thank you for all of these!");
		await look(/27\/2200[\s\S]*!$/);
		expect(screen.text()).toContain("\n@duncan.macleod\n");
		screen.type(keys.enter);
		await look(/Your answer to[\s\S]*Enter$/);
		screen.type(keys.enter);
		expect(await screen.ended).toBe(0);
		expect(seated.said()).toEqual(["Thank you for all of these!"]);
		await expect(screens.join(`\n${"─".repeat(cols)}\n`)).toMatchFileSnapshot(
			`__snapshots__/reply-${cols}.txt`,
		);
	});
});

test("a draft survives Ctrl-C, and is offered again", async () => {
	const { start, said } = await sitDown();
	const first = start();
	await first.shows("@bluebottle challenge?");
	first.type(keys.enter);
	await first.shows(actions);
	first.type(keys.enter);
	await first.shows(prompt);
	first.type("Half an ans");
	await first.shows("11/2200");
	first.type(keys.ctrlC);
	await first.shows("the draft is kept");
	expect(await first.ended).toBe(130);

	const second = start();
	await second.shows("@duncan.macleod (draft): @bluebottle challenge?");
	second.type(keys.enter);
	await second.shows("❯ Continue your draft");
	second.type(keys.enter);
	await second.shows("11/2200 Half an ans");
	second.type("wer");
	await second.shows("14/2200");
	second.type(keys.enter);
	await second.shows(preview);
	second.type(keys.enter);
	expect(await second.ended).toBe(0);
	expect(said()).toEqual(["Half an answer"]);
});

test("a draft survives the end of its terminal", async () => {
	const { start } = await sitDown();
	const first = start();
	await first.shows("@bluebottle challenge?");
	first.type(keys.enter);
	await first.shows(actions);
	first.type(keys.enter);
	await first.shows(prompt);
	first.type("Half");
	await first.shows("4/2200");
	first.hangUp();
	await first.ended;
	const second = start();
	await second.shows("@duncan.macleod (draft)");
	second.type(keys.ctrlC);
	await second.ended;
});

test("the editor shows what is answered, and what it saved survives its end", async () => {
	const { start, said } = await sitDown({
		editor: `sed -i '1s/^/#tag, first/' "$1"; cat "$1"; sleep 60; :`,
	});
	const screen = start();
	await screen.shows("@bluebottle challenge?");
	screen.type(keys.enter);
	await screen.shows("in the editor");
	screen.type(keys.down + keys.enter);
	await screen.shows("# @duncan.macleod wrote:");
	await screen.shows("# > @bluebottle challenge?");
	screen.type(keys.ctrlC);
	expect(await screen.ended).toBe(130);
	const again = start();
	await again.shows("(draft)");
	again.type(keys.enter);
	await again.shows("Continue your draft");
	again.type(keys.enter);
	await again.shows("#tag, first");
	again.type(keys.ctrlC);
	await again.ended;
	expect(said()).toEqual([]);
});

test("an id alone asks for the text", async () => {
	const { start, said } = await sitDown();
	const target = ["--comment-id", "17894227972186120"];
	const screen = start(...target, "--media-id", "17918195224117851");
	await screen.shows("@duncan.macleod");
	await screen.shows("@bluebottle challenge?");
	await screen.shows(prompt);
	screen.type("Yes!");
	await screen.shows("4/2200 Yes!");
	screen.type(keys.enter);
	await screen.shows(preview);
	screen.type(keys.enter);
	await screen.shows("✓ answered comment 17894227972186120: Yes!");
	expect(await screen.ended).toBe(0);
	expect(said()).toEqual(["Yes!"]);
	const again = start(...target);
	await again.shows("was answered on");
	expect(await again.ended).toBe(2);
});

test("Enter alone sends nothing to all", async () => {
	const { start, said } = await sitDown();
	const screen = start("--all", "--message", "Thanks!");
	await screen.shows("Send this answer? (y/N)");
	screen.type(keys.enter);
	expect(await screen.ended).toBe(0);
	expect(said()).toEqual([]);
});
