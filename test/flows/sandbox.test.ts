import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
// Loaded before it is needed: in memory nothing waits for a file.
import "../../src/cli/verbose-network.ts";
import { textResponse } from "../../src/http.ts";
import { scenarioNames } from "../../src/sandbox/simulation/scenario-names.ts";
import { asRecord } from "../../src/webhook/delivery.ts";
import { createMachine, type Machine } from "../support/memory-world.ts";

let machine: Machine;
let running: { stop(): Promise<unknown> }[];

beforeEach(() => {
	machine = createMachine({ IGWH_SANDBOX: "1" });
	running = [];
});

afterEach(async () => {
	for (const command of running.reverse()) await command.stop();
});

async function start(line: string) {
	const started = await machine.start(line);
	running.push(started);
	await started.until(/Ctrl-C/);
	return started;
}

/** A sandbox, and a listener that it delivers everything to. */
async function startAll(flags = "") {
	const sandbox = await start(`sandbox ${flags}`);
	await start("listen --no-tunnel");
	await machine.run(
		"subscribe --all --callback http://127.0.0.1:7300/webhook --instagram-fields comments,live_comments,mentions,story_insights,messages",
	);
	return sandbox;
}

describe("the sandbox's address", () => {
	test("is found, wherever it runs", async () => {
		const sandbox = await start("sandbox --port 7600");
		const { code, err } = await machine.run("subscribe --list");
		expect({ code, err }).toEqual({ code: 0, err: "" });
		expect(sandbox.printed()).toContain("GET    /v");
		expect((await machine.run("sandbox gates")).code).toBe(0);
	});

	test("is one of this machine", async () => {
		machine.files.set(".igwh/sandbox.json", '{"url":"http://evil.example"}');
		await machine.run("subscribe --list");
		expect(machine.sent.map(({ url }) => new URL(url).hostname)).not.toContain(
			"evil.example",
		);
	});

	test("can be set", async () => {
		machine.env.IGWH_GRAPH_URL = "http://127.0.0.1:7601";
		await start("sandbox --port 7601 --home elsewhere");
		const { code, err } = await machine.run("subscribe --list");
		expect({ code, err }).toEqual({ code: 0, err: "" });
	});

	test("is never Meta's, which is said", async () => {
		machine.env.IGWH_GRAPH_URL = "https://graph.facebook.com";
		await start("sandbox");
		const { code, err } = await machine.run("subscribe --list");
		expect(code).toBe(0);
		expect(err).toContain(
			"IGWH_GRAPH_URL=https://graph.facebook.com is not used: a sandbox runs on this machine",
		);
	});

	test("is forgotten when it ends", async () => {
		const sandbox = await start("sandbox --port 7600");
		await sandbox.stop();
		running.pop();
		const { err } = await machine.run("subscribe --list");
		expect(err).toContain("a sandbox runs at http://127.0.0.1:7302");
	});
});

describe("gates", () => {
	test("are closed and opened while it runs", async () => {
		await startAll();
		const closed = await machine.run("sandbox close app-live permission");
		expect(closed.out).toContain(
			"– app-live\n    the app is in development mode\n    switch the app to Live in the App Dashboard",
		);
		const stopped = await machine.run("trigger comments");
		expect([stopped.code, stopped.err]).toEqual([
			3,
			expect.stringContaining(
				"Meta would not deliver this comments event: the account did not",
			),
		]);
		await machine.run("sandbox open app-live permission");
		expect((await machine.run("trigger comments")).code).toBe(0);
		const gates = await machine.run("sandbox gates --json");
		expect(gates.records.every(({ open }) => open)).toBe(true);
	});

	test("need a sandbox", async () => {
		const { code, err } = await machine.run("sandbox gates");
		expect([code, err]).toEqual([5, expect.stringContaining("igwh sandbox")]);
	});
});

test("calls fail as asked, and are shown with what their token may do", async () => {
	await start("sandbox --fail 4 --on /subscribed_apps --times 1");
	const limited = await machine.run("subscribe --all");
	expect(limited.code).not.toBe(0);
	expect((await machine.run("subscribe --all")).code).toBe(0);
	const { out } = await machine.run("sandbox calls --refused");
	expect(out).toContain("4 (#4) Application request limit reached");
	expect(out).toMatch(/as page \d+: .*instagram_basic/);

	const added = await machine.run(
		"sandbox fail 190/463 --on 'GET /me' --times 2",
	);
	expect(added.out).toBe("! calls of GET /me fail with 190/463, 2 of them");
	expect((await machine.run("sandbox fail --clear")).out).toBe("");
	expect((await machine.run("sandbox fail")).code).toBe(2);
});

test("calls are shown in full with --verbose", async () => {
	const sandbox = await start("sandbox --verbose");
	await machine.run("subscribe --list");
	expect(sandbox.printed()).toMatch(/as page \d+: .*instagram_basic/);
});

describe("its state", () => {
	test("is kept when it starts again, unless it starts anew", async () => {
		const first = await startAll();
		await first.stop();
		const second = await start("sandbox");
		expect(second.printed()).toContain("The sandbox is");
		expect((await machine.run("trigger comments")).code).toBe(0);
		await second.stop();
		await start("sandbox --fresh");
		expect((await machine.run("trigger comments")).err).toContain(
			"the app has no subscription",
		);
	});

	test("names what is still closed", async () => {
		const first = await start("sandbox --closed app-live");
		await first.stop();
		await start("sandbox");
		const { records } = await machine.run("sandbox gates --json");
		expect(records.find(({ id }) => id === "app-live")).toMatchObject({
			open: false,
		});
	});

	test("that cannot be read is not thrown away", async () => {
		machine.files.set("state.json", "{}");
		const { code, err } = await machine.run("sandbox --state state.json");
		expect([code, err]).toEqual([2, expect.stringContaining("--fresh")]);
	});

	test("can be seeded and made up", async () => {
		machine.files.set(
			"seed.json",
			JSON.stringify({
				accounts: [{ id: "17841400000000001", username: "roastery" }],
				pages: [{ id: "2000000000000001", accountId: "17841400000000001" }],
				media: [{ id: "17900000000000001", owner: "roastery" }],
			}),
		);
		await start("sandbox --seed seed.json --generate 3");
		const { out } = await machine.run("subscribe --all");
		expect(out.split("\n").filter(Boolean)).toHaveLength(6);
		const triggered = await machine.run(
			"trigger comments --account 17841400000000001 --json",
		);
		expect(triggered.records[0]).toMatchObject({
			value: { media: { id: "17900000000000001" } },
		});
	});

	test.each([
		["{", "it is not JSON"],
		['{"people": []}', "people is not one of"],
		['{"comments": [{"id": "1", "mediaId": "2", "from": "x"}]}', "media 2"],
		['{"accounts": [{"id": 1}]}', "an account's id is missing, or not a text"],
	])("is not seeded with %s", async (text, problem) => {
		machine.files.set("seed.json", text);
		const { code, err } = await machine.run("sandbox --seed seed.json");
		expect([code, err]).toEqual([2, expect.stringContaining(problem)]);
	});
});

test.each([
	["shell", /^export IGWH_APP_ID='1000000000000001'$/m],
	["dotenv", /^IGWH_GRAPH_URL=http:\/\/127\.0\.0\.1:7600$/m],
	["ci", /^IGWH_PAGE_TOKEN=EAASandboxPageToken$/m],
])(
	"its settings are printed for %s, and nothing starts",
	async (format, line) => {
		const { code, out } = await machine.run(
			`sandbox --port 7600 --print-env ${format}`,
		);
		expect(code).toBe(0);
		expect(out).toMatch(line);
	},
);

describe("trigger", () => {
	test("makes many things happen at once", async () => {
		await startAll();
		const { code, records } = await machine.run(
			"trigger comments --count 50 --batch 20 --json",
		);
		expect([code, records[0]?.deliveries]).toEqual([
			0,
			{ sent: 3, ok: 3, failed: 0 },
		]);
	});

	test("presses the Test button", async () => {
		await startAll("--closed app-live");
		const { code, out } = await machine.run("trigger messages --test");
		expect(code).toBe(0);
		expect(out).toContain("messages of account 0");
	});

	test.each([
		["trigger", "<field> is required, or --scenario"],
		["trigger comments --scenario viral-post", "not both"],
		["trigger comments --speed 2", "--speed is the speed of a scenario"],
		["trigger comments --test --text x", "leave out --text"],
		["trigger --scenario viral-post --count 3", "leave out --count"],
		["trigger --scenario nothing", "there is no scenario or file nothing"],
	])("%s is refused", async (line, problem) => {
		await start("sandbox");
		const { code, err } = await machine.run(line);
		expect([code, err]).toEqual([2, expect.stringContaining(problem)]);
	});
});

describe("scenarios", () => {
	test.each(scenarioNames)("%s", async (name) => {
		await startAll();
		const { code, err, records } = await machine.run(
			`trigger --scenario ${name} --json`,
		);
		expect([code, err]).toEqual([0, expect.stringContaining(name)]);
		expect(records.some(({ type }) => type === "trigger")).toBe(true);
	});

	test("an outage ends with the account unsubscribed", async () => {
		const sandbox = await startAll();
		const { records } = await machine.run(
			"trigger --scenario receiver-outage --json",
		);
		const triggers = records.filter(({ type }) => type === "trigger");
		expect(
			triggers
				.map(({ delivery }) => asRecord(delivery))
				.map(({ status, error }) => status ?? error),
		).toEqual([200, "the receiver is down (simulated)", undefined]);
		expect(sandbox.printed()).toContain("was unsubscribed");
		expect((await machine.run("trigger messages")).err).toContain(
			"does not have the app among its subscribed apps",
		);
	});

	test("the README's file is one", async () => {
		const readme = readFileSync(
			join(import.meta.dirname, "../../README.md"),
			"utf8",
		);
		const [, file = ""] = /```json\n(\{\n {2}"description"[\s\S]*?)```/.exec(
			readme,
		) as RegExpExecArray;
		machine.files.set("day.json", file);
		await startAll();
		const { code, records } = await machine.run(
			"trigger --scenario day.json --json",
		);
		expect(code).toBe(0);
		expect(new Set(records.map(({ type }) => type))).toEqual(
			new Set(["trigger", "step"]),
		);
	});

	test("are read from files", async () => {
		machine.files.set(
			"day.json",
			JSON.stringify({
				description: "a short day",
				steps: [
					{ trigger: "comments", count: 3, over: "3s" },
					{ close: "app-live" },
					{ trigger: "comments" },
					{ open: ["app-live"] },
				],
			}),
		);
		await startAll();
		const { code, out, err } = await machine.run(
			"trigger --scenario day.json --speed 10",
		);
		expect([code, err]).toEqual([0, "day.json: a short day"]);
		expect(out.match(/✓ comments/g)).toHaveLength(3);
		expect(out).toContain("open app-live");
	});

	test("fail where the receiver does, without its being asked to", async () => {
		await start("sandbox");
		const server = await machine.serve(
			async ({ method }) => textResponse(method === "POST" ? 500 : 200, ""),
			{ port: 0, maxBodyBytes: 1e6 },
		);
		await machine.run(`subscribe --all --callback ${server.url}/webhook`);
		const { code } = await machine.run("trigger --scenario album-comment");
		expect(code).toBe(3);
	});

	test.each([
		["{", "it is not JSON"],
		["{}", "it has no steps"],
		['{"steps": [{"shout": 1}]}', "step 1 does nothing; it needs one of"],
		['{"steps": [{"wait": "soon"}]}', 'step 1 has "soon" where a length'],
		['{"steps": [{"receiver": "lost"}]}', "neither up nor down"],
	])("not %s", async (text, problem) => {
		machine.files.set("day.json", text);
		await start("sandbox");
		const { code, err } = await machine.run("trigger --scenario day.json");
		expect([code, err]).toEqual([2, expect.stringContaining(problem)]);
	});
});
