import { describe, expect, test } from "vitest";
import { exitCodes } from "../../src/igwh-error.ts";
import {
	type Calamity,
	calamities,
	faultyWorld,
} from "../support/faulty-world.ts";
import { createMachine, type Machine } from "../support/memory-world.ts";

/** What each command line needs before it, and at its terminal. */
const commandLines: {
	typed: string;
	before?: readonly string[];
	answers?: readonly (string | boolean)[];
	/** Calls it can do without. */
	unharmedBy?: RegExp;
	/** Its answer may be lost: what is read back afterwards decides. */
	readBack?: RegExp;
	/** Tries only every so many of its calls, where there are hundreds. */
	every?: number;
}[] = [
	{ typed: "init" },
	{ typed: "config" },
	{
		typed: "subscribe --all --callback http://127.0.0.1:7300/webhook",
		readBack: /^call POST/,
	},
	{ typed: "subscribe --list" },
	{
		typed: "unsubscribe",
		before: ["subscribe"],
		readBack: /^call DELETE/,
	},
	{ typed: "unsubscribe --app" },
	{ typed: "replay mentions comments" },
	{ typed: "replay d1 --now", before: ["replay mentions"] },
	{
		typed:
			"verify 7300 --only handshake.challenge,signature.changes --report junit=out.xml",
		// One answer that does not come in time leaves a check unknown.
		unharmedBy: /^send/,
	},
	{
		typed: "trigger mentions",
		before: ["subscribe --callback http://127.0.0.1:7300/webhook"],
	},
	{ typed: "lookup", before: ["replay mentions"] },
	{ typed: "lookup 17894227972186120" },
	{
		typed: "reply --media-id 17918195224117851 --message hi",
		before: ["replay mentions-caption"],
	},
	{
		typed: "reply",
		before: ["replay mentions"],
		answers: ["challenge", "Write an answer", "hi", "Send it"],
	},
	{ typed: "events", before: ["replay mentions"] },
	{ typed: "events d1", before: ["replay mentions"] },
	{ typed: "events export d1", before: ["replay mentions"] },
	{
		typed: "events prune --older-than 1ms",
		before: ["replay mentions"],
	},
	{ typed: "insights", before: ["replay story_insights"] },
	{
		typed: "listen --port 7305 --timeout 5s",
		unharmedBy: /^all$/,
	},
	{
		typed: "listen --port 7305 --tunnel --timeout 50s",
		// Neither ngrok's agent nor a single health check decides anything.
		unharmedBy: /^all$|api\/tunnels|igwh\.health/,
	},
	{
		typed: "listen --port 7305 --subscribe --timeout 5s",
		// Whether a write whose answer is lost was done is read back.
		unharmedBy: /^all$|(POST|DELETE) .*subscriptions|igwh\.listener/,
	},
	{ typed: "demo", every: 8, unharmedBy: /^all$/ },
];

/** Longer than all time limits and waits of a command line one after the other. */
const patienceMs = 10 * 60_000;

async function prepare(before: readonly string[] = []): Promise<Machine> {
	const machine = createMachine({ IGWH_SANDBOX: "1" });
	await machine.start("sandbox");
	await machine.start("listen");
	for (const typed of before) await machine.run(typed);
	return machine;
}

describe.each(commandLines)(
	"igwh $typed",
	({ typed, before, answers, unharmedBy, readBack, every = 1 }) => {
		/** Runs it on a fresh machine while one call goes wrong; none with -1. */
		async function run(chosen: number, calamity: Calamity) {
			const machine = await prepare(before);
			const open = machine.leftOpen().length;
			let calls = (): string[] => [];
			const ended = machine.run(
				typed,
				answers && { answers: [...answers] },
				(world) => {
					const faulty = faultyWorld(world, machine, { chosen, calamity });
					calls = faulty.calls;
					return faulty.world;
				},
			);
			const over = new AbortController();
			const { code, out, err } = await Promise.race([
				ended,
				machine.clock
					.sleep(patienceMs, over.signal)
					.then(() => ({ code: undefined, out: "", err: "it hangs" })),
			]);
			over.abort();
			return {
				code,
				out,
				err,
				calls: calls(),
				left: machine.leftOpen().slice(open),
			};
		}

		test.each(Object.keys(calamities) as Calamity[])(
			"whichever call %s",
			async (calamity) => {
				const { calls, ...calm } = await run(-1, calamity);
				expect(calm).toMatchObject({ code: 0, left: [] });
				for (let chosen = 0; chosen < calls.length; chosen += every) {
					const { code, out, err, left } = await run(chosen, calamity);
					const call = calls[chosen] ?? "";
					const told = `call ${chosen}, ${call}: exits ${code}: ${err}`;
					expect(left, told).toEqual([]);
					if (code === 0 && unharmedBy?.test(call)) continue;
					// A write that had its effect is seen when it is read back.
					if (
						code === 0 &&
						readBack?.test(call) &&
						calamity === "is answered, and the answer lost"
					)
						continue;
					if (calamity === "is answered late") {
						expect(code, told).toBe(0);
						continue;
					}
					expect(Object.values(exitCodes), told).toContain(code);
					expect(code, told).not.toBe(exitCodes.bug);
					// A verdict stands among the results.
					if (code === exitCodes.check && /^✗ /m.test(out)) continue;
					expect(err, told).toMatch(/igwh: .+\n {2}\S/);
				}
			},
			20_000,
		);
	},
);
