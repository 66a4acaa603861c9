import { expect, test } from "vitest";
import { settings } from "../../../src/config/settings.ts";
import { createMachine } from "../../support/memory-world.ts";

const envFile = [
	"IGWH_APP_ID=1000000000000001",
	"IGWH_APP_SECRET=0123456789abcdef0123456789abcdef",
	"IGWH_PAGE_TOKEN=short",
	"IGWH_USER_TOKEN_COMMAND=op read op://user-token",
].join("\n");

function machineWith(text: string, env: Record<string, string> = {}) {
	const machine = createMachine(env);
	machine.files.set(".env", text);
	return machine;
}

test("every setting with its value, its source and its meaning", async () => {
	const machine = machineWith(envFile, { IGWH_PAGE_ID: "7" });
	const { code, records } = await machine.run("config --json --home store");
	expect(code).toBe(0);
	const [files, ...rows] = records;
	expect(files).toEqual({
		type: "config",
		profile: null,
		envFile: ".env",
		found: true,
		store: "store",
		sandbox: false,
	});
	expect(rows.map(({ env }) => env)).toEqual(
		Object.values(settings).map(({ env }) => env),
	);
	const shown = Object.fromEntries(
		rows.map(({ name, value, source }) => [name, [value, source]]),
	);
	expect(shown).toMatchObject({
		appId: ["1000000000000001", "env file"],
		appSecret: ["…cdef", "env file"],
		instagramAppSecret: [null, null],
		pageId: ["7", "environment"],
		pageToken: ["…", "env file"],
		userToken: [null, "env file"],
		graphUrl: ["https://graph.facebook.com", "default"],
		home: ["store", "flag"],
	});
});

test("what a person reads", async () => {
	const { out } = await machineWith(envFile).run("config");
	const [first, second] = out.split("\n");
	expect([first, second]).toEqual(["env file  .env", "store     .igwh"]);
	for (const line of [
		"IGWH_APP_ID                1000000000000001  (env file)\n  Meta app ID",
		"IGWH_APP_SECRET            …cdef  (env file)",
		"IGWH_VERIFY_TOKEN          not set",
		"IGWH_USER_TOKEN            not read yet  (IGWH_USER_TOKEN_COMMAND, env file)",
	])
		expect(out).toContain(line);
	expect(out).not.toContain("0123456789");
	expect(out).not.toContain("op read");
});

test("--run-commands reads what commands print", async () => {
	const person = {
		programs: {
			"op read op://user-token": () => ({ stdout: "EAAabcdefgh1234\n" }),
		},
	};
	const { records } = await machineWith(envFile).run(
		"config --json --run-commands",
		person,
	);
	expect(records.find(({ name }) => name === "userToken")).toMatchObject({
		value: "…1234",
		source: "env file",
		command: "IGWH_USER_TOKEN_COMMAND",
	});
});

test("a value that cannot be read hides no other one, and exits 2", async () => {
	const { code, out, err } = await machineWith(
		"IGWH_APP_ID=app\nIGWH_PAGE_ID=7",
	).run("config");
	expect(code).toBe(2);
	expect(out).toContain("✗ IGWH_APP_ID=app in .env is not a valid id");
	expect(out).toContain("IGWH_PAGE_ID               7  (env file)");
	expect(err).toContain(
		"IGWH_APP_ID=app in .env is not a valid id\n  give its",
	);
});

test("a command that fails hides no other one either", async () => {
	const { code, out } = await machineWith(envFile).run("config --run-commands");
	expect(code).toBe(2);
	expect(out).toContain(
		"✗ the command in IGWH_USER_TOKEN_COMMAND, set in .env, exited with 127",
	);
	expect(out).toContain("IGWH_HOME                  .igwh  (default)");
});

test("the profile and the sandbox stand above the settings", async () => {
	const machine = machineWith("");
	machine.files.set(".env.staging", "IGWH_SANDBOX=1\n");
	const { out } = await machine.run("config --profile staging");
	expect(out.split("\n").slice(0, 4)).toEqual([
		"profile   staging",
		"env file  .env.staging",
		"store     .igwh/staging",
		"sandbox   on: its values replace yours",
	]);
	expect(out).toContain("1000000000000001  (sandbox)");
});
