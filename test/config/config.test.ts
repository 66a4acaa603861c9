import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import {
	type ConfigFlags,
	loadConfig,
	settings,
} from "../../src/config/config.ts";
import { Secret } from "../../src/config/secret.ts";
import { createMachine } from "../support/memory-world.ts";

const sandboxSettings = {
	appId: "1000000000000001",
	appSecret: "sandbox-secret",
};

function load(
	flags: ConfigFlags,
	env: Record<string, string> = {},
	envFile?: string,
) {
	const machine = createMachine(env);
	if (envFile !== undefined) machine.files.set(".env", envFile);
	return loadConfig(flags, machine.world(), sandboxSettings);
}

test.each([
	[
		"a flag wins",
		{ appId: "1" },
		{ IGWH_APP_ID: "2" },
		"IGWH_APP_ID=3",
		"1",
		"flag",
	],
	[
		"then the environment",
		{},
		{ IGWH_APP_ID: "2" },
		"IGWH_APP_ID=3",
		"2",
		"environment",
	],
	["then the env file", {}, {}, "IGWH_APP_ID=3", "3", "env file"],
	[
		"an empty value is none",
		{},
		{ IGWH_APP_ID: " " },
		"IGWH_APP_ID=3",
		"3",
		"env file",
	],
	[
		"the sandbox's own come before the environment",
		{ sandbox: true },
		{ IGWH_APP_ID: "2" },
		"",
		"1000000000000001",
		"sandbox",
	],
	[
		"a flag wins over the sandbox too",
		{ sandbox: true, appId: "1" },
		{},
		"",
		"1",
		"flag",
	],
	[
		"IGWH_SANDBOX in the env file",
		{},
		{},
		"IGWH_SANDBOX=1",
		"1000000000000001",
		"sandbox",
	],
	[
		"IGWH_SANDBOX=0 is off",
		{},
		{ IGWH_SANDBOX: "0" },
		"",
		undefined,
		undefined,
	],
	[
		"white space around a value goes",
		{},
		{ IGWH_APP_ID: " 2\r\n" },
		"",
		"2",
		"environment",
	],
] as const)("%s", async (_, flags, env, envFile, value, source) => {
	const config = await load(flags, { ...env }, envFile);
	expect([config.get("appId"), config.source("appId")]).toEqual([
		value,
		source,
	]);
});

test("settings with a default have it", async () => {
	const config = await load({});
	expect([
		config.get("graphUrl"),
		config.get("apiVersion"),
		config.get("home"),
		config.source("home"),
	]).toEqual(["https://graph.facebook.com", "v25.0", ".igwh", "default"]);
});

test("another env file is read when named, and must be there", async () => {
	const machine = createMachine();
	machine.files.set("other.env", "IGWH_PAGE_ID=7");
	const config = await loadConfig({ dotenv: "other.env" }, machine.world(), {});
	expect(config.get("pageId")).toBe("7");
	await expect(load({ dotenv: "none.env" })).rejects.toMatchObject({
		code: "configuration",
		message: "there is no env file none.env",
	});
});

test("a missing setting names what gives it", async () => {
	const config = await load({});
	expect(() => config.need("pageId")).toThrow("IGWH_PAGE_ID is not set");
	await expect(config.needSecret("pageToken")).rejects.toMatchObject({
		code: "configuration",
		hint: "put IGWH_PAGE_TOKEN=… into .env or the environment, or try it offline with --sandbox",
	});
});

test("a missing secret is asked for where someone can answer", async () => {
	const world = createMachine().world({ answers: ["typed"] });
	const config = await loadConfig({}, world, {});
	expect((await config.needSecret("appSecret")).reveal()).toBe("typed");
	expect(config.hiddenValues()).toEqual(["typed"]);
});

test("every configured secret may have signed", async () => {
	const config = await load(
		{},
		{
			IGWH_APP_SECRET: "a",
			IGWH_INSTAGRAM_APP_SECRET: "b",
		},
	);
	expect(await config.needSigningSecrets()).toEqual([
		{ name: "app secret", value: "a" },
		{ name: "Instagram app secret", value: "b" },
	]);
});

describe("secrets", () => {
	test("print themselves redacted", () => {
		const secret = new Secret("hush");
		const shown = [
			String(secret),
			`${secret}`,
			JSON.stringify({ secret }),
			inspect(secret),
		];
		expect(shown.join()).not.toContain("hush");
		expect(secret.reveal()).toBe("hush");
	});

	test("are hidden from all output, but for the sandbox's public ones", async () => {
		const env = {
			IGWH_APP_SECRET: "hush-hush",
			IGWH_PAGE_TOKEN: "EAAHUSHED",
			IGWH_APP_ID: "1",
		};
		expect((await load({}, env)).hiddenValues()).toEqual([
			"hush-hush",
			"EAAHUSHED",
		]);
		expect((await load({ sandbox: true }, env)).hiddenValues()).toEqual([
			"EAAHUSHED",
		]);
	});
});

test("no two settings share an environment name", () => {
	const names = Object.values(settings).map(({ env }) => env);
	expect(new Set(names).size).toBe(names.length);
});
