import { expect, test } from "vitest";
import { createOutput } from "../../src/cli/output.ts";
import { IgwhError } from "../../src/igwh-error.ts";
import { createMemoryClock } from "../support/memory-clock.ts";
import { createMachine } from "../support/memory-world.ts";

function terminal({ colours = true, print = async () => {} } = {}) {
	const out: string[] = [];
	const err: string[] = [];
	const clock = createMemoryClock(0);
	const ending = new AbortController();
	return {
		out,
		err,
		clock,
		ending,
		interrupt: ending.signal,
		terminal: {
			interactive: false,
			colours,
			columns: 80,
			progress: () => {},
			print: async (line: string) => {
				out.push(line);
				await print();
			},
			note: (line: string) => {
				err.push(line);
			},
			flush: async () => {},
		},
	};
}

const record = { type: "said", text: "hi\u001b[2J from s3cret" };
const human = (said: unknown, theme: { good(text: string): string }) =>
	theme.good((said as typeof record).text);

test("a person reads a safe, coloured line without secrets", async () => {
	const shown = terminal();
	const output = createOutput(shown, { json: false, hidden: () => ["s3cret"] });
	await output.record(record, human);
	expect(shown.out).toEqual(["\u001b[32mhi[2J from [redacted]\u001b[39m"]);
});

test("a program reads the record itself, without colours", async () => {
	const shown = terminal();
	const output = createOutput(shown, { json: true, hidden: () => ["s3cret"] });
	await output.record(record, human);
	expect(shown.out).toEqual([
		'{"type":"said","text":"hi\\u001b[2J from [redacted]"}',
	]);
});

test("a record that says nothing to a person prints nothing", async () => {
	const shown = terminal();
	await createOutput(shown, { json: false, hidden: () => [] }).record(
		record,
		() => undefined,
	);
	expect(shown.out).toEqual([]);
});

test("a failure is what happened and what to do, on stderr only", async () => {
	const error = new IgwhError(
		"token",
		"s3cret expired\u0007",
		"make a new one",
	);
	const plain = terminal({ colours: false });
	await createOutput(plain, { json: false, hidden: () => ["s3cret"] }).failure(
		error,
	);
	expect(plain.err).toEqual(["igwh: [redacted] expired", "  make a new one"]);
	const json = terminal();
	await createOutput(json, { json: true, hidden: () => ["s3cret"] }).failure(
		error,
	);
	expect(json.err).toEqual([
		'{"error":{"code":"token","message":"[redacted] expired\\u0007","hint":"make a new one"}}',
	]);
	expect([...plain.out, ...json.out]).toEqual([]);
});

test("whoever pressed Ctrl-C knows it", async () => {
	const shown = terminal();
	const interrupted = new IgwhError(
		"interrupted",
		"interrupted",
		"run it again",
	);
	await createOutput(shown, { json: false, hidden: () => [] }).failure(
		interrupted,
	);
	expect(shown.err).toEqual([]);
});

function guarded(
	options: Partial<{ json: boolean; hidden: string[] }> = {},
	shown = terminal(),
) {
	const { json = false, hidden = [] } = options;
	const output = createOutput(shown, { json, hidden: () => hidden });
	const world = output.guard({
		...createMachine().world({ answers: [true, true] }),
		...shown,
	});
	return { ...shown, output, world };
}

test("a note of a run is cleaned, and holds no secret", () => {
	const { world, err } = guarded({ hidden: ["a1b2c3d4e5"] });
	world.terminal.note("Meta said \u001b[2J a1b2c3d4e5\n  try \u0007again");
	expect(err).toEqual(["Meta said [2J [redacted]", "  try again"]);
});

test("under --json a note is JSON, what to do beside it", () => {
	const { world, err } = guarded({ json: true, hidden: ["a1b2c3d4e5"] });
	world.terminal.note("igwh: not sent: a1b2c3d4e5\n  make a new token");
	expect(err.map((line) => JSON.parse(line))).toEqual([
		{ note: { message: "not sent: [redacted]", hint: "make a new token" } },
	]);
});

test("a hint that follows itself is printed once", () => {
	const { world, err } = guarded({});
	world.terminal.note("d1: no answer\n  start your app");
	world.terminal.note("d2: no answer\n  start your app");
	world.terminal.note("d3: refused\n  check the secret");
	world.terminal.note("d4: no answer\n  start your app");
	expect(err).toEqual([
		"d1: no answer",
		"  start your app",
		"d2: no answer",
		"d3: refused",
		"  check the secret",
		"d4: no answer",
		"  start your app",
	]);
});

test("an identical note is said once, then how often", async () => {
	const { world, err, output } = guarded();
	for (let time = 0; time < 42_454; time++) world.terminal.note("disk full");
	world.terminal.note("another");
	expect(err).toEqual(["disk full", "another"]);
	await output.close();
	expect(err).toEqual(["disk full", "another", "disk full (42453 more times)"]);
});

test("a minute later it is said again", async () => {
	const { world, err, clock } = guarded({ json: true });
	world.terminal.note("disk full");
	await clock.sleep(59_000);
	world.terminal.note("disk full");
	expect(err).toHaveLength(1);
	await clock.sleep(1000);
	world.terminal.note("disk full");
	expect(JSON.parse(err[1] ?? "")).toEqual({
		note: { message: "disk full", repeated: 2 },
	});
});

test("whoever was asked meanwhile sees an identical note again", async () => {
	const { world, err } = guarded();
	world.terminal.note("not sent");
	await world.prompts.confirm("again?");
	world.terminal.note("not sent");
	expect(err).toEqual(["not sent", "not sent"]);
});

test("a prompt is cleaned, and holds no secret", async () => {
	const asked: string[] = [];
	const shown = terminal();
	const output = createOutput(shown, {
		json: false,
		hidden: () => ["a1b2c3d4e5"],
	});
	const world = createMachine().world({ answers: ["x"] });
	const { prompts } = output.guard({
		...world,
		prompts: {
			...world.prompts,
			select: (message, choices) => {
				asked.push([message, ...choices.map(({ name }) => name)].join("\n  "));
				return world.prompts.select(message, choices);
			},
		},
	});
	await prompts.select("Which\u001b[2J?\nof a1b2c3d4e5", [
		{ name: "x\u0007 a1b2c3d4", value: 1 },
	]);
	expect(asked).toEqual(["Which[2J?\nof [redacted]\n  x [redacted]"]);
});

test("a view that fails prints a plain line, and the next record", async () => {
	const { output, out } = guarded();
	await output.record({ type: "delivery", id: "d1" } as never, () => {
		throw new Error("no\u001b string");
	});
	await output.record(record, human);
	expect(out).toEqual([
		"delivery d1 cannot be shown (no string); --json prints it",
		expect.stringContaining("hi"),
	]);
});

test("a reader may be slow for hours, but not once the run is interrupted", async () => {
	const shown = terminal({ print: () => new Promise(() => {}) });
	const { output, out, clock, ending } = guarded({}, shown);
	let printed = false;
	const first = output.record(record, human).then(() => {
		printed = true;
	});
	await clock.sleep(10 * 3_600_000);
	expect(printed).toBe(false);
	ending.abort();
	await clock.sleep(499);
	expect(printed).toBe(false);
	await clock.sleep(1);
	await first;
	// It waits no more for one that is blocked.
	await output.record(record, human);
	await output.close();
	expect(out).toHaveLength(1);
});

test("once interrupted, a slow reader still gets its time for each line", async () => {
	let clock: { sleep(milliseconds: number): Promise<void> } | undefined;
	const shown = terminal({
		print: async () => {
			await clock?.sleep(400);
		},
	});
	clock = shown.clock;
	const { output, out, ending } = guarded({}, shown);
	ending.abort();
	for (let line = 0; line < 5; line++) await output.record(record, human);
	expect(out).toHaveLength(5);
});
