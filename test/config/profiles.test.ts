import { expect, test } from "vitest";
import { type ConfigFlags, loadConfig } from "../../src/config/config.ts";
import { createMachine } from "../support/memory-world.ts";

function load(flags: ConfigFlags, env: Record<string, string> = {}) {
	const machine = createMachine(env);
	for (const name of ["", ".staging", ".live"])
		machine.files.set(`.env${name}`, `IGWH_PAGE_ID=${name.length}`);
	return loadConfig(flags, machine.world(), {});
}

test.each([
	["none", {}, {}, undefined, ".env", ".igwh"],
	[
		"the flag",
		{ profile: "staging" },
		{ IGWH_PROFILE: "live" },
		"staging",
		".env.staging",
		".igwh/staging",
	],
	[
		"the environment",
		{},
		{ IGWH_PROFILE: "live" },
		"live",
		".env.live",
		".igwh/live",
	],
	[
		"an env file that is named as well",
		{ profile: "staging", dotenv: ".env.live" },
		{},
		"staging",
		".env.live",
		".igwh/staging",
	],
	[
		"the flag, with an env file in the environment",
		{ profile: "staging" },
		{ IGWH_DOTENV: ".env.live" },
		"staging",
		".env.staging",
		".igwh/staging",
	],
	[
		"both in the environment",
		{},
		{ IGWH_PROFILE: "live", IGWH_DOTENV: ".env.staging" },
		"live",
		".env.staging",
		".igwh/live",
	],
	[
		"a store elsewhere",
		{ profile: "staging", home: "/var/igwh" },
		{},
		"staging",
		".env.staging",
		"/var/igwh/staging",
	],
] as const)("%s", async (_, flags, env, profile, envFile, store) => {
	const config = await load(flags, { ...env });
	expect([config.profile, config.envFile, config.storeFolder]).toEqual([
		profile,
		envFile,
		store,
	]);
	expect(config.get("pageId")).toBe(String(envFile.length - 4));
});

test.each([
	[{ IGWH_PROFILE: "../x" }, "events", "is not the name of a profile"],
	[{}, "events --profile a/b", "--profile a/b is not the name of a profile"],
	[
		{},
		"events --profile gone",
		"there is no env file .env.gone\n  make it with: igwh init --profile gone",
	],
	[
		{ IGWH_PROFILE: "gone" },
		"events",
		"make it with: igwh init --profile gone",
	],
])("%j igwh %s exits 2", async (env, typed, said) => {
	const { code, err } = await createMachine(env as Record<string, string>).run(
		typed,
	);
	expect([code, err]).toEqual([2, expect.stringContaining(said)]);
});

test("a profile in the env file has no effect, and that is said", async () => {
	const machine = createMachine();
	machine.files.set(".env", "IGWH_PROFILE=live");
	const { code, err } = await machine.run("events");
	expect([code, err]).toEqual([
		0,
		expect.stringContaining(
			"IGWH_PROFILE has no effect in .env: set it in the environment",
		),
	]);
});

test.each([
	["--profile staging", "Listening with profile staging. Ctrl-C ends it."],
	["", "Listening. Ctrl-C ends it."],
])("listen %s begins: %s", async (flag, line) => {
	const machine = createMachine({ IGWH_APP_SECRET: "hush-hush-hush" });
	machine.files.set(".env.staging", "");
	const listening = await machine.start(`listen --no-tunnel ${flag}`);
	await listening.until("Ctrl-C");
	const { out } = await listening.stop();
	expect(out.split("\n")[0]).toBe(line);
});

test("doctor begins with the profile", async () => {
	const machine = createMachine();
	machine.files.set(".env.staging", "");
	const { out } = await machine.run("doctor --profile staging");
	expect(out.split("\n")[0]).toMatch(/, profile staging$/);
	expect((await machine.run("doctor")).out.split("\n")[0]).not.toContain(
		"profile",
	);
});

test("each profile has a store of its own", async () => {
	const machine = createMachine({ IGWH_APP_SECRET: "hush-hush-hush" });
	machine.files.set(".env.staging", "");
	const listening = await machine.start("listen --no-tunnel --profile staging");
	await machine.run("replay mentions --to 7300");
	await listening.stop();
	expect((await machine.run("events --json")).records).toEqual([]);
	expect(
		(await machine.run("events --json --profile staging")).records,
	).toHaveLength(1);
});
