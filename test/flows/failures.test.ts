import { describe, expect, test } from "vitest";
import { textResponse } from "../../src/http.ts";
import { IgwhError } from "../../src/igwh-error.ts";
import { practiceTokens } from "../../src/sandbox/credentials.ts";
import type { World } from "../../src/world.ts";
import { createMachine } from "../support/memory-world.ts";

const sandbox = { IGWH_SANDBOX: "1" };
const broken = '{"object": "instagram",\n  "entry": [}';

/** What is typed, on a machine with these files and settings; the exit code, and what is said. */
const cases: [
	typed: string,
	code: number,
	said: string,
	machine?: {
		env?: Record<string, string>;
		files?: Record<string, string>;
		stdin?: string;
	},
][] = [
	["lisen", 2, 'unknown command "lisen"\n  did you mean: igwh listen'],
	[
		"listen --prot 1",
		2,
		"unknown option --prot\n  did you mean: igwh listen --port",
	],
	[
		"listen --forward nowhere",
		2,
		"--forward nowhere is not a URL",
		{ env: sandbox },
	],
	[
		"listen --public-url http://plain.example",
		2,
		"is not an https URL",
		{ env: sandbox },
	],
	["listen", 2, "IGWH_APP_SECRET is not set"],
	[
		"subscribe",
		2,
		`2 settings are missing: IGWH_PAGE_ID, IGWH_PAGE_TOKEN
  IGWH_PAGE_ID     Facebook page ID (the page's About section, or: igwh subscribe --all --list)
  IGWH_PAGE_TOKEN  page access token (Graph API Explorer, User or Page: the page); or set IGWH_USER_TOKEN
  igwh init asks for them at a terminal; or put them into .env as NAME=value, one on each line, or try it offline with --sandbox`,
	],
	[
		"subscribe --callback https://a.example/webhook",
		2,
		"5 settings are missing: IGWH_APP_ID, IGWH_APP_SECRET, IGWH_VERIFY_TOKEN, IGWH_PAGE_ID, IGWH_PAGE_TOKEN",
	],
	[
		"listen --subscribe",
		2,
		"2 settings are missing: IGWH_APP_ID, IGWH_APP_SECRET",
	],
	[
		"unsubscribe --app",
		2,
		"2 settings are missing: IGWH_APP_ID, IGWH_APP_SECRET",
	],
	[
		"verify 3000",
		2,
		"2 settings are missing: IGWH_VERIFY_TOKEN, IGWH_APP_SECRET",
	],
	[
		"listen",
		2,
		"IGWH_VERIFY_TOKEN=xxxxxxxxxxxxxxxx… in the environment has 65 characters; Meta accepts at most 64",
		{ env: { IGWH_VERIFY_TOKEN: "x".repeat(65) } },
	],
	["subscribe --page-id 1", 2, "IGWH_PAGE_TOKEN is not set"],
	["subscribe --dotenv gone.env", 2, "there is no env file gone.env"],
	["replay", 2, "nothing to replay"],
	["replay gone.json", 2, "there is no file, folder or fixture gone.json"],
	[
		"replay bad.json",
		2,
		"bad.json: it is not JSON: a value is missing at line 2, column 13",
		{ files: { "bad.json": broken } },
	],
	[
		"replay empty.json",
		2,
		"empty.json: it is not JSON",
		{ files: { "empty.json": "" } },
	],
	[
		"replay word.json",
		2,
		"word.json: it is not a JSON object",
		{ files: { "word.json": "5" } },
	],
	[
		"replay other.json",
		2,
		"it has no entry list",
		{ files: { "other.json": '{"a":1}' } },
	],
	[
		"replay folder",
		2,
		"the folder folder contains no fixtures",
		{ files: { "folder/readme.md": "" } },
	],
	["replay -", 2, "stdin: it is not JSON", { stdin: "" }],
	["replay d7", 2, "there is no delivery d7 in .igwh/igwh.db"],
	["replay mentions", 2, "IGWH_APP_SECRET is not set"],
	["replay mentions --to nowhere", 2, "--to nowhere is not a URL"],
	["replay mentions --expect ok", 2, "--expect ok is not a status"],
	[
		"replay mentions --to http://127.0.0.1:1/webhook",
		5,
		"no delivery reached http://127.0.0.1:1/webhook",
		{ env: sandbox },
	],
	["trigger", 2, "<field> is required, or --scenario"],
	["trigger mentions", 5, "no sandbox is running"],
	["events d1", 2, "there is no delivery d1 in .igwh/igwh.db"],
	["lookup d1", 2, "delivery d1 has no mention", { env: sandbox }],
	["lookup 123", 6, "does not exist", { env: sandbox }],
	["reply", 2, "the list of mentions needs a terminal", { env: sandbox }],
	["reply --message hi", 2, "no target: give --comment-id", { env: sandbox }],
	["reply --media-id 1", 2, "no message: give the text", { env: sandbox }],
	["reply --media-id 1 --message hi", 6, "does not exist", { env: sandbox }],
	["reply --comment-id 1 --message hi", 6, "does not exist", { env: sandbox }],
	[
		"sandbox --closed app-live,nonsense",
		2,
		"--closed nonsense is not a known name",
	],
	[
		"subscribe --page-id 1755847768034402 --graph-url http://127.0.0.1:5",
		5,
		"the Graph API cannot be reached: nothing listens at 127.0.0.1:5",
		{ env: { IGWH_PAGE_TOKEN: "EAA" } },
	],
];

test.each(cases)(
	"igwh %s → %i",
	async (typed, code, said, { env, files, stdin } = {}) => {
		const machine = createMachine(env);
		for (const [path, text] of Object.entries(files ?? {}))
			machine.files.set(path, text);
		const plain = await machine.run(typed, { stdin });
		expect(plain.err).toContain(said);
		expect(plain.err).toMatch(/^ {2}\S/m);
		expect(plain.code).toBe(code);
		const json = await machine.run(`${typed} --json`, { stdin });
		expect(JSON.parse(json.err.split("\n").at(-1) ?? "")).toEqual({
			error: {
				code: expect.any(String),
				message: expect.any(String),
				hint: expect.stringMatching(/\S/),
			},
		});
		expect(json.code).toBe(code);
	},
);

describe("with a token that does not do", () => {
	const at = "http://127.0.0.1:7302";
	test.each([
		["nonsense", 4, "Cannot parse access token"],
		[practiceTokens.withoutPermissions, 4, "(#200)"],
		[practiceTokens.expired, 4, "Session has expired"],
	])("%s", async (token, code, said) => {
		const machine = createMachine({ IGWH_PAGE_TOKEN: token });
		await machine.start("sandbox");
		const { err, ...outcome } = await machine.run(
			`subscribe --page-id 1755847768034402 --graph-url ${at}`,
		);
		expect(err).toContain(said);
		expect(outcome.code).toBe(code);
		expect(err).not.toContain(token);
	});
});

test("a port that is taken", async () => {
	const machine = createMachine(sandbox);
	await machine.start("listen");
	const { code, err } = await machine.run("listen");
	expect([code, err]).toEqual([
		5,
		"igwh: port 7300 of 127.0.0.1 is taken by another program\n  choose another port; 0 takes a free one",
	]);
});

test("something else on the sandbox's port", async () => {
	const machine = createMachine(sandbox);
	await machine.serve(async () => textResponse(200, "hello"), {
		port: 7302,
		maxBodyBytes: 1000,
	});
	const { code, err } = await machine.run("subscribe");
	expect(code).toBe(5);
	expect(err).toContain("is not a sandbox of igwh");
});

test("a replay that was not answered as expected exits 3 and says why", async () => {
	const machine = createMachine(sandbox);
	await machine.start("listen");
	const { code, out, err } = await machine.run(
		"replay mentions --tamper signature",
	);
	expect(code).toBe(3);
	expect(out).toContain("401");
	expect(out).toContain("the receiver refused the signature");
	expect(err).toBe("");
});

test("an event that a closed gate keeps back exits 3 and names the gate", async () => {
	const machine = createMachine(sandbox);
	await machine.start("sandbox --closed app-live");
	await machine.start("listen");
	await machine.run("subscribe --callback http://127.0.0.1:7300/webhook");
	const { code, out, err } = await machine.run("trigger comments");
	expect(code).toBe(3);
	expect(out).toContain("app-live");
	expect(err).toContain("Meta would not deliver this");
});

test("a receiver that is down when something happens exits 3", async () => {
	const machine = createMachine(sandbox);
	await machine.start("sandbox");
	const listener = await machine.start("listen");
	await machine.run("subscribe --callback http://127.0.0.1:7300/webhook");
	await listener.stop();
	const { code, out, err } = await machine.run("trigger comments");
	expect(code).toBe(3);
	expect(out).toContain(
		"\n  not delivered to http://127.0.0.1:7300/webhook: nothing listens at 127.0.0.1:7300",
	);
	expect(err).toContain("got no answer: nothing listens at 127.0.0.1:7300");
});

test("a stored delivery whose sender forged the signature is kept, refused, and no mention", async () => {
	const machine = createMachine(sandbox);
	await machine.start("listen");
	await machine.run("replay mentions --tamper body --expect 401");
	expect((await machine.run("events --invalid --json")).records).toMatchObject([
		{ id: "d1", signature: { valid: false } },
	]);
	expect((await machine.run("lookup")).out).toBe("");
});

test("a delivery that cannot be stored is answered 500, told, and taken when sent again", async () => {
	const machine = createMachine(sandbox);
	let full = false;
	const onFullDisk = (world: World): World => ({
		...world,
		openDatabase: async (path) => {
			const database = await world.openDatabase(path);
			const refuse =
				<A extends unknown[], T>(work: (...args: A) => T) =>
				(...args: A): T => {
					if (full)
						throw new IgwhError("store", "the disk is full", "free some");
					return work(...args);
				};
			return {
				...database,
				run: refuse(database.run),
				transaction: (work) => refuse(() => database.transaction(work))(),
			};
		},
	});
	const listener = await machine.start("listen", {}, onFullDisk);
	full = true;
	const refused = await machine.run("replay mentions --to 7300");
	expect([refused.code, refused.out]).toEqual([
		3,
		expect.stringContaining("500"),
	]);
	full = false;
	expect((await machine.run("replay mentions --to 7300")).code).toBe(0);
	const { err } = await listener.stop();
	expect(err).toContain("could not be stored: the disk is full");
	expect((await machine.run("events --json")).records).toMatchObject([
		{ id: "d1", duplicateOf: null },
	]);
});

test("a listener that was killed is passed over for one that runs", async () => {
	const machine = createMachine(sandbox);
	await machine.start("listen --port 7300");
	await machine.start("listen --port 7400");
	machine.handlers.delete("http://127.0.0.1:7400");
	const [sent] = (await machine.run("replay mentions --json")).records;
	expect(sent).toMatchObject({ to: "http://127.0.0.1:7300/webhook", ok: true });
});

test("a folder of a built-in's name does not hide it, and is named with ./", async () => {
	const machine = createMachine(sandbox);
	await machine.start("listen");
	machine.files.set("mentions/own.json", broken);
	const { code, err } = await machine.run("replay mentions");
	expect([code, err]).toEqual([
		0,
		"igwh: sending the built-in fixture mentions; the folder of that name is ./mentions",
	]);
});

test("a sandbox address that answers HTML is not a sandbox", async () => {
	const machine = createMachine();
	await machine.serve(async () => textResponse(200, "<html>"), {
		port: 7302,
		maxBodyBytes: 1000,
	});
	const { code, err } = await machine.run("trigger mentions");
	expect(code).toBe(5);
	expect(err).toContain("is not a sandbox of igwh");
});

test.each(["foo[", "[z-a].json", "{a"])(
	"the pattern %s that names nothing exits 2",
	async (pattern) => {
		const { code } = await createMachine(sandbox).run(["replay", pattern]);
		expect(code).toBe(2);
	},
);
