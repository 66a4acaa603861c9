import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/config.ts";
import { createMachine, type Person } from "../support/memory-world.ts";

const command = "op read op://app/secret";

function machineWith(programs: Person["programs"] = {}) {
	const machine = createMachine();
	machine.files.set(".env", `IGWH_APP_SECRET_COMMAND=${command}\n`);
	const ran: string[] = [];
	const program = programs[command];
	const person: Person = {
		programs: {
			...(program && {
				[command]: (input: string) => {
					ran.push(command);
					return program(input);
				},
			}),
		},
	};
	return { machine, person, ran };
}

test("the command runs when the secret is first read, and once", async () => {
	const { machine, person, ran } = machineWith({
		[command]: () => ({ stdout: "  hush-hush-hush\n" }),
	});
	const config = await loadConfig({}, machine.world(person), {});
	config.check(["appSecret"]);
	expect([config.commandOf("appSecret"), config.source("appSecret")]).toEqual([
		"IGWH_APP_SECRET_COMMAND",
		"env file",
	]);
	expect([ran, config.hiddenValues()]).toEqual([[], []]);
	expect(config.secret("appSecret")?.reveal()).toBe("hush-hush-hush");
	expect((await config.needSecret("appSecret")).reveal()).toBe(
		"hush-hush-hush",
	);
	expect([ran, config.hiddenValues()]).toEqual([[command], ["hush-hush-hush"]]);
});

test.each([
	["a flag-like value of the same place", { IGWH_APP_SECRET: "a" }, "a"],
	["the environment", { IGWH_APP_SECRET_COMMAND: "echo b" }, "b"],
])("%s comes before the env file's command", async (_, env, value) => {
	const machine = createMachine({ ...env } as Record<string, string>);
	machine.files.set(".env", `IGWH_APP_SECRET_COMMAND=${command}\n`);
	const world = machine.world({
		programs: { "echo b": () => ({ stdout: "b\n" }) },
	});
	const config = await loadConfig({}, world, {});
	expect(config.secret("appSecret")?.reveal()).toBe(value);
});

test("the sandbox runs no command", async () => {
	const { machine, person, ran } = machineWith({ [command]: () => ({}) });
	const config = await loadConfig({ sandbox: true }, machine.world(person), {
		appSecret: "public",
	});
	expect(config.secret("appSecret")?.reveal()).toBe("public");
	expect(ran).toEqual([]);
});

test.each([
	["is not found", undefined, "exited with 127"],
	["fails", () => ({ code: 1, stdout: "hush-hush" }), "exited with 1"],
	["prints nothing", () => ({ stdout: " \n" }), "printed nothing"],
	[
		"prints too much",
		() => ({ stdout: "hush", problem: "printed more than 65536 bytes" }),
		"printed more than",
	],
	["never ends", () => new Promise<never>(() => {}), "did not end within 60 s"],
	[
		"prints several lines",
		() => ({ stdout: "hush-hush\nhush-hush" }),
		"contains control characters",
	],
])("a command that %s exits 2 and prints no secret", async (_, run, said) => {
	const { machine, person } = machineWith(run && { [command]: run });
	const { code, err } = await machine.run(
		"replay mentions --to http://127.0.0.1:7300/webhook",
		person,
	);
	expect(code).toBe(2);
	expect(err).toContain(said);
	expect(err).toContain("IGWH_APP_SECRET_COMMAND");
	expect(err).not.toMatch(/hush|op:/);
});

test("Ctrl-C in the command interrupts", async () => {
	const { machine, person } = machineWith({ [command]: () => ({ code: 130 }) });
	const { code } = await machine.run("replay mentions --to 7300", person);
	expect(code).toBe(130);
});
