import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import {
	albumComment,
	captionMention,
	commentMention,
	ownMediaComment,
} from "../support/inbox-machine.ts";
import { liveInbox, silentOnce } from "../support/live-inbox.ts";

vi.setConfig({ testTimeout: 60_000 });

const program = join(import.meta.dirname, "../../bin/igwh.js");
const running = new Set<ChildProcess>();
const inboxes: { close(): Promise<void> }[] = [];

afterEach(async () => {
	for (const child of running) child.kill("SIGKILL");
	for (const { close } of inboxes.splice(0)) await close();
});

async function inbox(...given: Parameters<typeof liveInbox>) {
	const made = await liveInbox(...given);
	inboxes.push(made);
	const start = (...args: string[]) => {
		const child = spawn(
			process.execPath,
			[program, "reply", ...args, ...made.flags],
			{ stdio: ["ignore", "pipe", "pipe"] },
		);
		running.add(child);
		let told = "";
		for (const stream of [child.stdout, child.stderr])
			stream.on("data", (chunk) => {
				told += chunk;
			});
		const ended = new Promise<{ code: number | null; told: string }>(
			(resolve) => {
				child.on("close", (code) => {
					running.delete(child);
					resolve({ code, told });
				});
			},
		);
		return { child, ended };
	};
	return { ...made, start };
}

const named = [
	"--media-id",
	"17918195224117851",
	"--message",
	"Challenge accepted!",
];

test.each([
	[true, "✓ the answer to", ["Challenge accepted!"]],
	[false, "may or may not have arrived", []],
] as const)(
	"killed after it was written down, before it was settled (arrived: %s)",
	async (effect, word, said) => {
		const { around, posted } = silentOnce(effect);
		const live = await inbox([captionMention], around);
		const first = live.start(...named);
		await posted;
		first.child.kill("SIGKILL");
		await first.ended;
		const { code, told } = await live.start(...named).ended;
		expect(told).toContain(word);
		expect(code).toBe(2);
		// Killed or not, it may be under way for a minute.
		expect((await live.start("--resend", ...named).ended).code).toBe(
			effect ? 0 : 2,
		);
		expect(live.said()).toEqual(effect ? [...said, ...said] : said);
	},
);

test("two processes answer each mention once between them", async () => {
	const live = await inbox([
		commentMention,
		captionMention,
		ownMediaComment,
		albumComment,
	]);
	const all = ["--all", "--template", "Thanks @{{username}}!", "--yes"];
	const outcomes = await Promise.all([
		live.start(...all).ended,
		live.start(...all).ended,
	]);
	const told = outcomes.map(({ told }) => told).join("\n");
	expect(live.said().length, told).toBe(4);
	expect(told.match(/✓ answered/g)).toHaveLength(4);
});
