import { expect, test } from "vitest";
import { createMachine, type Machine } from "../support/memory-world.ts";

const env = { IGWH_SANDBOX: "1" };

async function withDeliveries(replays: string[]): Promise<Machine> {
	const machine = createMachine(env);
	const listener = await machine.start("igwh listen");
	await listener.until("Listening");
	for (const sources of replays) await machine.run(`igwh replay ${sources}`);
	await listener.stop();
	return machine;
}

const idsOf = async (machine: Machine, flags: string) =>
	(await machine.run(`igwh events --json ${flags}`)).records.map(
		({ id }) => id,
	);

test("deliveries are listed newest first, with every filter", async () => {
	const machine = await withDeliveries([
		"mentions",
		"comments",
		"mentions --tamper body --expect 401",
		"mentions",
		"story_insights",
	]);
	const answers: Record<string, string[]> = {};
	for (const flags of [
		"",
		"--limit 2",
		"--field mentions",
		"--field mentions --limit 2",
		"--account 17841405309211844",
		"--account 17841405726653026 --field comments",
		"--invalid",
		"--field comments --invalid",
		"--duplicates",
		"--since 1h",
		"--until 1h",
		"--since 2026-11-21 --until 2026-11-22",
		"--since 2030-01-01",
	])
		answers[flags] = (await idsOf(machine, flags)) as string[];
	expect(answers).toEqual({
		"": ["d5", "d4", "d3", "d2", "d1"],
		"--limit 2": ["d5", "d4"],
		"--field mentions": ["d4", "d3", "d1"],
		"--field mentions --limit 2": ["d4", "d3"],
		"--account 17841405309211844": ["d5"],
		"--account 17841405726653026 --field comments": ["d2"],
		"--invalid": ["d3"],
		"--field comments --invalid": [],
		"--duplicates": ["d4"],
		"--since 1h": ["d5", "d4", "d3", "d2", "d1"],
		"--until 1h": [],
		"--since 2026-11-21 --until 2026-11-22": ["d5", "d4", "d3", "d2", "d1"],
		"--since 2030-01-01": [],
	});
});

const comment = (id: number) =>
	`{"field":"comments","value":{"id":"${id}","text":"hello","from":{"id":"9","username":"ann"}}}`;
const batch = (...ids: number[]) =>
	`{"object":"instagram","entry":[{"id":"17841400000000001","time":1,"changes":[${ids.map(comment)}]}]}`;

test("a repeated change is marked, and a delivery whose changes are all repeated", async () => {
	const machine = createMachine(env);
	machine.files.set("a.json", batch(1));
	machine.files.set("b.json", batch(2, 1));
	machine.files.set("c.json", batch(2, 1, 2));
	machine.files.set("d.json", batch(5, 5));
	const listener = await machine.start("igwh listen --json");
	await listener.until("ready");
	await machine.run("igwh replay a.json b.json c.json d.json");
	const { records } = await listener.stop();
	expect(
		records
			.filter(({ type }) => type === "delivery")
			.map(({ duplicateOf, changes }) => [
				duplicateOf,
				...(changes as { duplicateOf: string }[]).map((c) => c.duplicateOf),
			]),
	).toEqual([
		[null, null],
		[null, null, "d1"],
		["d2", "d2", "d1", "d2"],
		[null, null, "d4"],
	]);
	const { out } = await machine.run("igwh events --duplicates");
	expect(out).toMatch(
		/d4 .*1 of 2 again.*\n.*d3 .*again, first in d2.*\n.*d2 .*1 of 2 again/,
	);
});

test("--follow continues with what another process stores", async () => {
	const machine = await withDeliveries(["mentions", "comments"]);
	const following = await machine.start(
		"igwh events --follow --json --limit 1",
	);
	await following.until('"d2"');
	const listener = await machine.start("igwh listen");
	await listener.until("Listening");
	await machine.run("igwh replay story_insights mentions");
	await following.until('"d4"');
	await listener.stop();
	const { code, records } = await following.stop();
	expect(code).toBe(130);
	expect(records.map(({ id }) => id)).toEqual(["d2", "d3", "d4"]);
});

test("an exported delivery is replayed with the same bytes", async () => {
	const machine = await withDeliveries(["comments"]);
	const { out, code } = await machine.run("igwh events export d1");
	expect(code).toBe(0);
	machine.files.set("out.json", out);
	const replayed = await machine.run(
		"igwh replay comments out.json --json --expect 2xx --to 7300",
	);
	const [first, second] = replayed.records;
	expect(second?.signature).toBe(first?.signature);
});

test("a redacted delivery has the same form and no personal data", async () => {
	const machine = createMachine(env);
	machine.files.set("a.json", batch(17_900_001, 17_900_002, 17_900_001));
	const listener = await machine.start("igwh listen");
	await listener.until("Listening");
	await machine.run("igwh replay a.json");
	await listener.stop();
	const { out } = await machine.run("igwh events export d1 --redact");
	const changes = [2, 4, 2].map((n) => ({
		field: "comments",
		value: {
			id: `1100000${n}`,
			text: "text 1.1",
			from: { id: "11000003", username: "user_1.1" },
		},
	}));
	expect(JSON.parse(out)).toEqual({
		object: "instagram",
		entry: [{ id: "10000000001000001", time: 1, changes }],
	});
});

test("prune removes the old and what was to answer of it, never the newest nor what it repeats", async () => {
	const machine = await withDeliveries(["mentions", "comments", "comments"]);
	await machine.clock.sleep(40 * 86_400_000);
	expect(
		await machine.run("igwh events prune --older-than 30d --yes --json"),
	).toMatchObject({
		code: 0,
		records: [{ type: "pruned", deliveries: 2 }],
	});
	expect(await idsOf(machine, "")).toEqual(["d3"]);
	const listener = await machine.start("igwh listen");
	await listener.until("Listening");
	await machine.run("igwh replay mentions");
	await listener.stop();
	expect(await idsOf(machine, "")).toEqual(["d4", "d3"]);
	expect(
		(await machine.run("igwh lookup --json")).records
			.map(({ field }) => field)
			.sort(),
	).toEqual(["comments", "mentions"]);
});

test("prune shows how many it would remove, and removes nothing before it is confirmed", async () => {
	const machine = await withDeliveries(["mentions", "comments", "mentions"]);
	await machine.clock.sleep(60_000);
	const prune = (flags: string, person = {}) =>
		machine.run(`igwh events prune --older-than 1s ${flags}`, person);
	expect(await prune("")).toMatchObject({
		code: 2,
		err: expect.stringMatching(/this would remove 2 deliveries.*\n.*--yes/),
	});
	expect(await prune("--dry-run --json")).toMatchObject({
		code: 0,
		records: [{ type: "pruned", deliveries: 2, dryRun: true }],
	});
	expect(await prune("", { answers: [false] })).toMatchObject({
		code: 130,
		asked: [expect.stringContaining("Remove 2 deliveries from before")],
	});
	expect(await idsOf(machine, "")).toEqual(["d3", "d2", "d1"]);
	expect(await prune("", { answers: [true] })).toMatchObject({
		code: 0,
		out: expect.stringContaining("removed 2 "),
	});
	expect(await idsOf(machine, "")).toEqual(["d3"]);
	expect((await prune("--yes --json")).records).toMatchObject([
		{ deliveries: 0 },
	]);
	const nothing =
		/0 deliveries from before \S+( would be removed)?; the newest delivery always stays$/;
	expect((await prune("--yes")).out).toMatch(nothing);
	expect((await prune("--dry-run")).out).toMatch(nothing);
});

test("--record writes each delivery as a fixture", async () => {
	const machine = createMachine(env);
	machine.files.set(
		"junk.json",
		'{"entry":[{"id":"1","changes":[{"field":"../../x","value":1}]}]}',
	);
	const listener = await machine.start("igwh listen --record captured");
	await listener.until("Listening");
	await machine.run("igwh replay mentions junk.json");
	await listener.stop();
	expect(
		[...machine.files.keys()].filter((path) => path.startsWith("captured")),
	).toEqual(["captured/d1-mentions.json", "captured/d2-unknown.json"]);
	expect(machine.files.get("captured/d1-mentions.json")).toBe(
		(await machine.run("igwh events export d1")).out.concat("\n"),
	);
});

test("redacted deliveries of one listener replay as what they were: one again, one another", async () => {
	const machine = createMachine(env);
	machine.files.set("a.json", batch(17_900_001));
	machine.files.set("b.json", batch(17_900_002));
	const listener = await machine.start("igwh listen --record out --redact");
	await listener.until("Listening");
	await machine.run("igwh replay a.json b.json a.json");
	await listener.stop();
	const again = createMachine(env);
	for (const [path, text] of machine.files)
		if (path.startsWith("out/")) again.files.set(path, text);
	const receiving = await again.start("igwh listen --json");
	await receiving.until('"ready"');
	await again.run("igwh replay out/*");
	const { records } = await receiving.stop();
	expect(records.flatMap(({ duplicateOf }) => duplicateOf ?? [])).toEqual([
		"d1",
	]);
	const ids = ["d1", "d2", "d3"].map(
		(id) =>
			JSON.parse(machine.files.get(`out/${id}-comments.json`) ?? "").entry[0]
				.changes[0].value.id,
	);
	expect(ids[0]).toBe(ids[2]);
	expect(ids[0]).not.toBe(ids[1]);
	const exported = await machine.run("igwh events export d1 d2 --redact");
	expect(exported.out).toContain(ids[0]);
	expect(exported.out).toContain(ids[1]);
});

test("a stranger's field names no file of a redacted recording", async () => {
	const machine = createMachine(env);
	machine.files.set("a.json", batch(17_900_001).replace("comments", "ann_b"));
	const listener = await machine.start("igwh listen --record out --redact");
	await listener.until("Listening");
	await machine.run("igwh replay a.json");
	await listener.stop();
	expect([...machine.files.keys()].filter((path) => /^out/.test(path))).toEqual(
		["out/d1-unknown.json"],
	);
	expect(machine.files.get("out/d1-unknown.json")).not.toContain("ann_b");
});

test("--record --redact writes fixtures that say nothing of anyone", async () => {
	const machine = createMachine(env);
	const listener = await machine.start("igwh listen --record out --redact");
	await listener.until("Listening");
	await machine.run("igwh replay comments");
	await listener.stop();
	const fixture = machine.files.get("out/d1-comments.json");
	expect(fixture).toBe(
		(await machine.run("igwh events export d1 --redact")).out.concat("\n"),
	);
	expect(fixture).not.toBe(
		(await machine.run("igwh events export d1")).out.concat("\n"),
	);
	expect(await machine.run("igwh listen --redact")).toMatchObject({
		code: 2,
		err: expect.stringContaining("--redact without --record"),
	});
});

test.each([
	["events d9", "there is no delivery d9 in .igwh/sandbox.db"],
	["events export", "<id> is required"],
	["events export d9", "there is no delivery d9 in .igwh/sandbox.db"],
	["events prune", "--older-than is required"],
	["events prune --older-than soon", "--older-than soon is not a duration"],
	[
		"events --since yesterday",
		"--since yesterday is neither a date nor a duration",
	],
])("igwh %s is refused", async (line, message) => {
	const { code, err } = await createMachine(env).run(`igwh ${line}`);
	expect(code).toBe(2);
	expect(err).toContain(message);
});
