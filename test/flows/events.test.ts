import { expect, test } from "vitest";
import { textResponse } from "../../src/http.ts";
import { createMachine } from "../support/memory-world.ts";

const sandbox = { IGWH_SANDBOX: "1" };

/** A machine whose app answers with these, one after the other. */
async function withApp(answers: number[], replays: string[]) {
	const machine = createMachine({ ...sandbox });
	await machine.serve(async () => textResponse(answers.shift() ?? 200, ""), {
		port: 3000,
		maxBodyBytes: 1e6,
	});
	const listener = await machine.start("igwh listen --forward 3000");
	await listener.until("Listening");
	for (const sources of replays) await machine.run(`igwh replay ${sources}`);
	await listener.stop();
	return machine;
}

test("--failed lists what the app did not accept, until it does", async () => {
	const machine = await withApp(
		[500, 200, 503, 200],
		["mentions", "comments", "story_insights", "mentions"],
	);
	const { records } = await machine.run("igwh events --failed --json");
	expect(records.map(({ id }) => id)).toEqual(["d3"]);
});

test("--failed --follow shows a failure that comes after a later one", async () => {
	const machine = createMachine({ ...sandbox });
	let answer = () => {};
	const slow = new Promise<void>((resolve) => {
		answer = resolve;
	});
	let requests = 0;
	await machine.serve(
		async () => {
			if (++requests === 1) await slow;
			return textResponse(500, "");
		},
		{ port: 3000, maxBodyBytes: 1e6 },
	);
	const listener = await machine.start("igwh listen --forward 3000");
	await listener.until("Listening");
	const following = machine.start("igwh events --failed --follow --json");
	const first = machine.run("igwh replay mentions");
	await machine.run("igwh replay comments");
	await (await following).until('"d2"');
	answer();
	await first;
	await (await following).until('"d1"');
	await listener.stop();
	const { records } = await (await following).stop();
	expect(records.map(({ id }) => id)).toEqual(["d2", "d1"]);
});

test.each([
	["CHALLENGE", ["d3"]],
	["17841405726653026", ["d3", "d2", "d1"]],
	["ÄRGER 👋", ["d2"]],
	["nothing like it", []],
])("--grep '%s'", async (text, ids) => {
	const machine = createMachine({ ...sandbox });
	machine.files.set(
		"a.json",
		'{"object":"instagram","entry":[{"id":"17841405726653026","time":1,"changes":[{"field":"comments","value":{"id":"1","text":"Großer Ärger 👋"}}]}]}',
	);
	machine.files.set(
		"b.json",
		'{"object":"instagram","entry":[{"id":"17841405726653026","time":1,"changes":[{"field":"comments","value":{"id":"2","text":"a Challenge"}}]}]}',
	);
	const listener = await machine.start("igwh listen");
	await listener.until("Listening");
	await machine.run("igwh replay mentions a.json b.json");
	await listener.stop();
	const { records } = await machine.run([
		...["events", "--json", "--limit", "5", "--grep"],
		text,
	]);
	expect(records.filter(({ id }) => id).map(({ id }) => id)).toEqual(ids);
});

test("an empty list says which store was read, and where deliveries are", async () => {
	const machine = await withApp([], ["mentions", "comments"]);
	const said = async (flags: string, env = "1") => {
		machine.env.IGWH_SANDBOX = env;
		const { code, out, err } = await machine.run(`igwh events ${flags}`);
		expect({ code, out }).toEqual({ code: 0, out: "" });
		return err;
	};
	expect(await said("--field story_insights")).toBe(
		`no delivery in .igwh/sandbox.db matches these filters
  the newest is d2 of 2026-11-21 09:30:00 UTC; to list all: igwh events --sandbox`,
	);
	expect(await said("", "0")).toBe(
		`no deliveries in .igwh/igwh.db
  .igwh/sandbox.db, the store of the sandbox, has 2: igwh events --sandbox`,
	);
	expect(await said("--failed", "0")).toContain("igwh events --sandbox");
	expect(await said("--home other", "0")).toBe(
		`no deliveries in other/igwh.db
  they arrive through: igwh listen`,
	);
});

test("a delivery that only the other store has", async () => {
	const machine = await withApp([], ["mentions"]);
	machine.env.IGWH_SANDBOX = "0";
	expect(await machine.run("igwh events d1")).toMatchObject({
		code: 2,
		err: `igwh: there is no delivery d1 in .igwh/igwh.db
  .igwh/sandbox.db, the store of the sandbox, has 1: igwh events --sandbox`,
	});
	expect(await machine.run("igwh replay d1 --to 3000")).toMatchObject({
		code: 2,
		err: `igwh: there is no delivery d1 in .igwh/igwh.db
  .igwh/sandbox.db, the store of the sandbox, has 1: igwh events --sandbox`,
	});
	machine.env.IGWH_SANDBOX = "1";
	expect((await machine.run("igwh events export d7")).err).toBe(
		`igwh: there is no delivery d7 in .igwh/sandbox.db
  to list them: igwh events`,
	);
});
