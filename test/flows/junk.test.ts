import { expect, test } from "vitest";
import { globalFlags } from "../../src/cli/global-flags.ts";
import type { Input } from "../../src/cli/input.ts";
import { commands } from "../../src/commands/commands.ts";
import { flagName, settings } from "../../src/config/settings.ts";
import { Unreadable } from "../../src/readers/reader.ts";
import { createMachine } from "../support/memory-world.ts";

const junk = [
	"",
	" ",
	"nowhere",
	"-1",
	"1e9",
	"99999999999999999999999999999999",
	"http://",
	"http://[",
	"javascript:alert(1)",
	"foo[",
	"{{x}!",
	"\u0000",
	"a\r\nb",
	"__proto__",
	"💥",
	",",
	"=",
];

const cases = commands.flatMap((command) => [
	...Object.entries(command.inputs as Record<string, Input<unknown>>)
		.filter(([, { kind }]) => kind !== "flag" && kind !== "negatable")
		.flatMap(([key, input]) =>
			junk.map((typed) => ({
				name: command.name,
				refused: isRefused(input, typed),
				argv: input.kind.startsWith("positional")
					? [typed]
					: [flagName(key), typed],
			})),
		),
	...command.settings
		.filter((name) => globalFlags[name])
		.flatMap((name) =>
			junk.map((typed) => ({
				name: command.name,
				refused: isRefused(settings[name].reader, typed),
				argv: [flagName(name), typed],
			})),
		),
]);

function isRefused({ read }: { read(typed: string): unknown }, typed: string) {
	try {
		read(typed);
		return false;
	} catch (error) {
		if (error instanceof Unreadable) return true;
		throw error;
	}
}

test.each(commands.map(({ name }) => name))(
	"igwh %s refuses junk in each input before it does anything",
	async (name) => {
		const own = cases.filter((one) => one.name === name && one.refused);
		for (const { argv } of own) {
			const machine = createMachine({ IGWH_SANDBOX: "1" });
			const { code, err } = await machine.run([...name.split(" "), ...argv]);
			const said = `igwh ${name} ${JSON.stringify(argv)}: ${err}`;
			expect(code, said).toBe(2);
			expect(err, said).toMatch(/\n {2}\S/);
			expect(machine.sent, said).toEqual([]);
			expect(machine.files.size, said).toBe(0);
		}
	},
);

test("most of the junk is refused, in every command with inputs", () => {
	const refused = cases.filter(({ refused }) => refused).length;
	expect(refused / cases.length).toBeGreaterThan(0.6);
});
