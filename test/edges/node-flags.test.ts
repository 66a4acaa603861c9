import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { globalFlags, globalFlagsOf } from "../../src/cli/global-flags.ts";
import type { Input } from "../../src/cli/input.ts";
import { commands } from "../../src/commands/commands.ts";
import { flagName } from "../../src/config/settings.ts";

const program = join(import.meta.dirname, "../../bin/igwh.js");

/** Node looks for some of its own flags in the whole command line (`--env-file`). */
test.each(commands.map((command) => [command.name, command] as const))(
	"Node takes no flag of igwh %s",
	(name, command) => {
		const inputs = Object.entries(
			command.inputs as Record<string, Input<unknown>>,
		).filter(([, { kind }]) => !kind.startsWith("positional"));
		const typed = [
			...inputs.flatMap(([key, { kind, example }]) =>
				kind === "flag" || kind === "negatable"
					? [flagName(key)]
					: [flagName(key), example],
			),
			...globalFlagsOf(command).flatMap((key) => [
				flagName(key),
				...(globalFlags[key]?.reader ? [globalFlags[key].reader.example] : []),
			]),
		];
		const { status, stdout, stderr } = spawnSync(
			process.execPath,
			[program, ...name.split(" "), ...typed, "--help"],
			{ encoding: "utf8", env: { PATH: process.env.PATH } },
		);
		expect([stderr, status]).toEqual(["", 0]);
		expect(stdout).toMatch(new RegExp(`^Usage: igwh ${name}`));
	},
	20_000,
);

test("a named env file that is not there exits 2 with igwh's own words", () => {
	const { status, stderr } = spawnSync(
		process.execPath,
		[program, "events", "--dotenv", "nope.env"],
		{ encoding: "utf8", env: { PATH: process.env.PATH } },
	);
	expect(status).toBe(2);
	expect(stderr).toContain("there is no env file nope.env");
});
