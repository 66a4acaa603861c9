import { expect, test } from "vitest";
import { textResponse } from "../../src/http.ts";
import { createMachine } from "../support/memory-world.ts";

const env = { IGWH_SANDBOX: "1" };

test.each([
	["--until 2", "comments mentions story_insights", ["comments", "mentions"]],
	["--until-field mentions", "comments mentions", ["comments", "mentions"]],
	[
		"--until 2 --until-field mentions",
		"mentions comments mentions",
		["mentions", "comments", "mentions"],
	],
])("listen %s ends by itself with 0", async (flags, sources, fields) => {
	const machine = createMachine(env);
	const listener = await machine.start(`igwh listen --json ${flags}`);
	await listener.until("ready");
	await machine.run(`igwh replay ${sources}`);
	const { code, records } = await listener.ended;
	expect(code).toBe(0);
	expect(
		records
			.filter(({ type }) => type === "delivery")
			.map(({ changes }) => (changes as { field: string }[])[0]?.field),
	).toEqual(fields);
});

test("a forgery does not count", async () => {
	const machine = createMachine(env);
	const listener = await machine.start("igwh listen --until 1");
	await listener.until("Listening");
	await machine.run("igwh replay mentions --tamper body");
	await machine.run("igwh replay comments");
	const { code, out } = await listener.ended;
	expect(code).toBe(0);
	expect(out).toMatch(/refused[\s\S]*comments/);
});

test("what does not come in time is a failed check", async () => {
	const machine = createMachine(env);
	const { code, err } = await machine.run(
		"igwh listen --until-field mentions --timeout 30s",
	);
	expect(code).toBe(3);
	expect(err).toContain("0 of 1 deliveries of mentions arrived within 30 s");
});

test("a time alone is how long it listens", async () => {
	const machine = createMachine(env);
	expect(await machine.run("igwh listen --timeout 5m")).toMatchObject({
		code: 0,
	});
	expect(machine.clock.now()).toBe(Date.UTC(2026, 10, 21, 9, 35));
});

test("Ctrl-C lets a forward end, and shows it", async () => {
	const machine = createMachine(env);
	const listener = await machine.start("igwh listen --json --forward 3000");
	await machine.serve(
		async () => {
			void listener.stop();
			await machine.clock.sleep(1500);
			return textResponse(200, "");
		},
		{ port: 3000, maxBodyBytes: 1000 },
	);
	await listener.until("ready");
	const replayed = await machine.run("igwh replay mentions");
	expect(replayed.code).toBe(0);
	const { code, records } = await listener.ended;
	expect(code).toBe(130);
	expect(records.slice(-2)).toMatchObject([
		{ type: "delivery", forward: { status: 200, ms: 1500 } },
		{ type: "summary", received: 1, refused: 0, forwarded: 1, failed: 0 },
	]);
});

test("Ctrl-C does not wait for a forward that never ends", async () => {
	const machine = createMachine(env);
	const listener = await machine.start("igwh listen --json --forward 3000");
	await machine.serve(
		async () => {
			void listener.stop();
			await machine.clock.sleep(29_000);
			return textResponse(200, "");
		},
		{ port: 3000, maxBodyBytes: 1000 },
	);
	await listener.until("ready");
	void machine.run("igwh replay mentions");
	const started = machine.clock.now();
	const { code, err } = await listener.ended;
	expect(code).toBe(130);
	expect(machine.clock.now() - started).toBe(2000);
	expect(err).toContain(
		'"message":"1 more delivery is stored, but not shown","hint":"list them with: igwh events"',
	);
});
