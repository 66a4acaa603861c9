import { describe, expect, test } from "vitest";
import type { Command } from "../src/command.ts";
import {
	command,
	either,
	flag,
	list,
	oneOf,
	text,
	wholeNumber,
	words,
} from "../src/command.ts";
import { parseCommandLine } from "../src/command-line.ts";
import { commands } from "../src/commands/commands.ts";
import { IgwhError } from "../src/igwh-error.ts";

const greet = command({
	name: "greet",
	summary: "Say hello",
	examples: ["greet world"],
	inputs: {
		who: words("[name...]", "whom to greet"),
		loud: flag("shout"),
		lastName: text("<name>", "the last name"),
		tone: oneOf("<tone>", "how", ["kind", "gruff"]),
		times: wholeNumber("<n>", "how often", 1, [1, 9]),
		tags: list("<names>", "what about", ["a"]),
		tunnel: either("open a tunnel"),
	},
	async *run() {},
	human: () => undefined,
}) as unknown as Command;

const parse = (line: string) =>
	parseCommandLine(line.split(" ").filter(Boolean), [greet], "1.2.3");

const plain = {
	who: [],
	loud: false,
	lastName: undefined,
	tone: undefined,
	times: 1,
	tags: ["a"],
	tunnel: undefined,
};

test.each([
	["greet", {}, {}],
	["greet a b", { who: ["a", "b"] }, {}],
	[
		"greet --loud a --last-name X",
		{ loud: true, who: ["a"], lastName: "X" },
		{},
	],
	["greet --times 3 --tags x,y,,z", { times: 3, tags: ["x", "y", "z"] }, {}],
	["greet --no-tunnel", { tunnel: false }, {}],
	["greet --tunnel", { tunnel: true }, {}],
	["greet --tone gruff", { tone: "gruff" }, {}],
	["--json greet", {}, { json: true }],
	[
		"greet --json --sandbox --app-id 7",
		{},
		{ json: true, sandbox: true, appId: "7" },
	],
])("%s", (line, input, flags) => {
	expect(parse(line)).toEqual({
		kind: "run",
		command: greet,
		input: { ...plain, ...input },
		flags,
	});
});

test.each([
	["gret", "unknown command 'gret'", "Did you mean greet?"],
	["greet --lod", "unknown option '--lod'", "Did you mean --loud?"],
	[
		"greet --times 12",
		"--times 12: it takes a whole number from 1 to 9",
		"see the command's --help",
	],
	[
		"greet --times x",
		"--times x: it takes a whole number from 1 to 9",
		"see the command's --help",
	],
	[
		"greet --tone shrill",
		"--tone shrill: it takes kind, gruff",
		"see the command's --help",
	],
	[
		"greet --last-name",
		"option '--last-name <name>' argument missing",
		"see: igwh greet --help",
	],
	["--nonsense", "unknown option '--nonsense'", "see: igwh --help"],
])("%s is wrong usage", (line, message, hint) => {
	expect(() => parse(line)).toThrow(new IgwhError("usage", message, hint));
	try {
		parse(line);
	} catch (error) {
		expect(error).toMatchObject({ message, hint, exitCode: 2 });
	}
});

test("the version and the help are texts to show", () => {
	expect(parse("--version")).toEqual({ kind: "show", text: "1.2.3\n" });
	expect(parse("")).toEqual(parse("--help"));
	expect(parse("help greet")).toEqual(parse("greet --help"));
});

describe("every command", () => {
	test.each(commands.map(({ name }) => name))(
		"%s has help with examples",
		(name) => {
			const shown = parseCommandLine([name, "--help"], commands, "1");
			expect(shown).toMatchObject({
				kind: "show",
				text: expect.stringMatching(`^Usage: igwh ${name}[^]*\\$ igwh ${name}`),
			});
		},
	);

	test.each(
		commands.flatMap(({ name, examples }) =>
			examples.map((line) => [name, line]),
		),
	)("%s has the example %s that parses", (name, line) => {
		const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(
			([, quoted, bare]) => quoted ?? bare ?? "",
		);
		expect(parseCommandLine(words, commands, "1")).toMatchObject({
			kind: "run",
			command: { name },
		});
	});
});
