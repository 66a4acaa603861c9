import { expect, test } from "vitest";
import { readEnvFile } from "../../src/config/env-file.ts";
import { createMachine } from "../support/memory-world.ts";

const lines = "IGWH_APP_ID=7\nIGWH_PAGE_ID=8\n";
const utf16 = Buffer.from(`\ufeff${lines}`, "utf16le");

test.each([
	["UTF-8", Buffer.from(lines), []],
	["UTF-8 with a byte-order mark", Buffer.from(`\ufeff${lines}`), []],
	["UTF-16LE", utf16, [expect.stringContaining("encoded as UTF-16LE")]],
	[
		"UTF-16BE",
		Buffer.from(utf16).swap16(),
		[expect.stringContaining("encoded as UTF-16BE")],
	],
])("%s keeps its first variable", (_, bytes, warnings) => {
	expect(readEnvFile(bytes, ".env")).toEqual({
		values: { IGWH_APP_ID: "7", IGWH_PAGE_ID: "8" },
		warnings,
	});
});

test("UTF-16 without a mark is no text", () => {
	expect(() => readEnvFile(Buffer.from(lines, "utf16le"), ".env")).toThrow(
		".env is not a text file",
	);
});

test("an unreadable line costs no other one its variable", () => {
	const { values } = readEnvFile(Buffer.from("oops\nA=1\nB='x\ny'"), ".env");
	expect(values).toEqual({ A: "1", B: "x\ny" });
});

test.each([
	["A=1\nsome words\n# note\n\nB=2", [2]],
	["export A=1\nIGWH_APP_ID: 7", [2]],
	["A='one\ntwo words\nthree'\nB=1", []],
	['A="unclosed\nB=1\nwords', [3]],
	["=1", [1]],
])("%j has the unreadable lines %j", (content, numbers) => {
	const { warnings } = readEnvFile(Buffer.from(content), ".env");
	expect(warnings).toEqual(
		numbers.map(
			(number) => `line ${number} of .env is ignored: it is not NAME=value`,
		),
	);
});

test("unknown names, unreadable lines and open secrets are said once, without values", async () => {
	const machine = createMachine({ IGWH_HOEM: "x" });
	machine.files.set(
		".env",
		"IGWH_APP_SECRT=hush\noops hush\nIGWH_PAGE_TOKEN=hush",
	);
	const { code, err } = await machine.run("events", {}, (world) => ({
		...world,
		files: { ...world.files, isReadableByOthers: async () => true },
	}));
	expect(code).toBe(0);
	expect(err.split("\n").slice(0, 4)).toEqual([
		"igwh: line 2 of .env is ignored: it is not NAME=value",
		"igwh: IGWH_HOEM in the environment is not a setting; did you mean IGWH_HOME?",
		"igwh: IGWH_APP_SECRT in .env is not a setting; did you mean IGWH_APP_SECRET?",
		"igwh: .env contains secrets, and other users of this machine can read it: chmod 600 .env",
	]);
	expect(err).not.toContain("hush");
});

test.each([
	["subscribe --graph-url foo", {}, "", "--graph-url foo is not a URL"],
	[
		"subscribe",
		{ IGWH_GRAPH_URL: "foo" },
		"",
		"IGWH_GRAPH_URL=foo in the environment is not a URL",
	],
	[
		"subscribe",
		{},
		"IGWH_PAGE_ID=page",
		"IGWH_PAGE_ID=page in .env is not a valid id",
	],
	[
		"subscribe",
		{ IGWH_PAGE_TOKEN: "hush\nhush" },
		"",
		"IGWH_PAGE_TOKEN in the environment contains control characters",
	],
	[
		"events",
		{ IGWH_SANDBOX: "maybe" },
		"",
		"IGWH_SANDBOX=maybe in the environment is neither on nor off",
	],
	["events", { IGWH_DOTENV: "gone.env" }, "", "there is no env file gone.env"],
])(
	"igwh %s, %j, %j exits 2 before any call",
	async (typed, env, file, said) => {
		const machine = createMachine(env as unknown as Record<string, string>);
		if (file) machine.files.set(".env", file);
		const { code, err } = await machine.run(typed);
		expect([code, machine.sent]).toEqual([2, []]);
		expect(err).toContain(said);
		expect(err).not.toContain("hush");
	},
);

test("IGWH_SANDBOX=off is off, and a setting that a command does not use does not stop it", async () => {
	const machine = createMachine({ IGWH_SANDBOX: "off", IGWH_GRAPH_URL: "foo" });
	expect((await machine.run("events")).code).toBe(0);
	expect((await machine.run("subscribe")).code).toBe(2);
});
