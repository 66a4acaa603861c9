import { describe, expect, test } from "vitest";
import { exitCodes, IgwhError } from "../../src/igwh-error.ts";
import { UnreachableError, type World } from "../../src/world.ts";
import { createMachine, type Machine } from "../support/memory-world.ts";

/** What each command line needs before it, and at its terminal. */
const commandLines: {
	typed: string;
	before?: readonly string[];
	answers?: readonly (string | boolean)[];
}[] = [
	{ typed: "subscribe --all --callback http://127.0.0.1:7300/webhook" },
	{ typed: "subscribe --list" },
	{ typed: "unsubscribe", before: ["subscribe"] },
	{ typed: "unsubscribe --app" },
	{ typed: "replay mentions comments" },
	{ typed: "replay d1 --now", before: ["replay mentions"] },
	{
		typed:
			"verify 7300 --only handshake.challenge,signature.changes --report junit out.xml",
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
];

/** Members of the world that can fail, and how they do. */
const failures: Record<string, () => Error> = {
	send: () => new UnreachableError("failed", "the cable was cut"),
	call: () => new UnreachableError("timeout", "no answer within 30 s"),
	readBytes: () => new IgwhError("input", "a file could not be read", "check"),
	write: () => new IgwhError("input", "a file could not be written", "check"),
	read: () => new IgwhError("input", "a file could not be read", "check it"),
	openDatabase: () => new IgwhError("store", "the disk is full", "free some"),
	all: () => new IgwhError("store", "the file is damaged", "restore it"),
	run: () => new IgwhError("store", "the disk is full", "free some"),
};

/** Counts the calls of the world that can fail, and fails the chosen one. */
function failing(world: World, chosen: number) {
	let count = 0;
	const wrap = <T extends object>(part: T): T =>
		new Proxy(part, {
			get(target, key) {
				const member = Reflect.get(target, key);
				const failure = failures[String(key)];
				if (typeof member !== "function" || !failure) return member;
				return (...args: unknown[]) => {
					if (count++ === chosen) throw failure();
					const result = member.apply(target, args);
					return key === "openDatabase" ? result.then(wrap) : result;
				};
			},
		});
	const wrapped = wrap({
		...world,
		network: wrap(world.network),
		files: wrap(world.files),
	});
	return { world: wrapped, count: () => count };
}

async function prepare(before: readonly string[] = []): Promise<Machine> {
	const machine = createMachine({ IGWH_SANDBOX: "1" });
	await machine.start("sandbox");
	await machine.start("listen");
	for (const typed of before) await machine.run(typed);
	return machine;
}

describe.each(commandLines)("igwh $typed", ({ typed, before, answers }) => {
	/** Runs it on a fresh machine while one call fails; none with -1. */
	async function run(chosen: number) {
		const machine = await prepare(before);
		let count = () => 0;
		const person = answers && { answers: [...answers] };
		const outcome = await machine.run(typed, person, (world) => {
			const changed = failing(world, chosen);
			count = changed.count;
			return changed.world;
		});
		return { code: outcome.code, err: outcome.err, calls: count() };
	}

	test("fails truthfully, whichever call fails", async () => {
		const { code, calls } = await run(-1);
		expect(code).toBe(0);
		expect(calls).toBeGreaterThan(1);
		for (let chosen = 0; chosen < calls; chosen++) {
			const { code, err } = await run(chosen);
			const told = `call ${chosen} exits ${code}: ${err}`;
			expect(Object.values(exitCodes), told).toContain(code);
			expect(code, told).not.toBe(exitCodes.bug);
			expect(err, told).toMatch(/igwh: .+\n {2}\S/);
		}
	});
});
