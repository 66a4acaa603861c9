import { describe, expect, test } from "vitest";
import { type Command, command } from "../../src/cli/command.ts";
import { parseCommandLine } from "../../src/cli/command-line.ts";
import { globalFlags, globalFlagsOf } from "../../src/cli/global-flags.ts";
import {
	choice,
	flag,
	list,
	negatable,
	option,
	positionals,
	repeatable,
} from "../../src/cli/input.ts";
import { commands } from "../../src/commands/commands.ts";
import { flagName } from "../../src/config/settings.ts";
import { IgwhError } from "../../src/igwh-error.ts";
import { integer } from "../../src/readers/number.ts";
import { text } from "../../src/readers/text.ts";

const greet = command({
	name: "greet",
	summary: "Say hello",
	examples: ["greet world"],
	inputs: {
		who: positionals("[name...]", "whom to greet", text("world")),
		loud: flag("shout"),
		lastName: option("<name>", "the last name", text("Smith")),
		tone: choice("<tone>", "how", ["kind", "gruff"]),
		times: option("<n>", "how often", integer(1, 9), "1"),
		tags: list("<names>", "what about", text("weather"), ["a"]),
		from: repeatable("<name>", "who greets", text("me")),
		tunnel: negatable("open a tunnel", "open none"),
	},
	settings: ["appId", "home"],
	run: async () => ({ async *run() {} }),
	view: async () => ({ view: () => undefined }),
}) as unknown as Command;

const options = { version: "1.2.3", columns: 80 };

const parse = (line: string) =>
	parseCommandLine(line.split(" ").filter(Boolean), [greet], options);

const plain = {
	who: [],
	loud: false,
	lastName: undefined,
	tone: undefined,
	times: 1,
	tags: ["a"],
	from: [],
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
	["greet --tags x --tags y,z", { tags: ["x", "y", "z"] }, {}],
	["greet --from x --from y,z", { from: ["x", "y,z"] }, {}],
	["greet --times 3 --times 3", { times: 3 }, {}],
	["greet --no-tunnel", { tunnel: false }, {}],
	["greet --tunnel", { tunnel: true }, {}],
	["greet --tone gruff", { tone: "gruff" }, {}],
	["--json greet", {}, { json: true }],
	["--app-id 7 greet --home h", {}, { appId: "7", home: "h" }],
	["greet --app-id 7 --app-id 8", {}, { appId: "8" }],
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
	["gret", 'unknown command "gret"', "did you mean: igwh greet"],
	["greet --lod", "unknown option --lod", "did you mean: igwh greet --loud"],
	[
		"greet --times 3 --times 4",
		"--times is given twice with different values",
		"give --times once",
	],
	[
		"greet --times 12",
		"--times 12 is not an integer from 1 to 9",
		"give one: --times 1",
	],
	[
		"greet --tone shrill",
		"--tone shrill is not one of kind, gruff",
		"give one of them: --tone kind",
	],
	[
		"greet --tone grufff",
		"--tone grufff is not one of kind, gruff",
		"did you mean: --tone gruff",
	],
	[
		"greet --app-id seven",
		"--app-id seven is not a valid id",
		"give its digits: --app-id 17841405309211844",
	],
	[
		"--app-id seven greet",
		"--app-id seven is not a valid id",
		"give its digits: --app-id 17841405309211844",
	],
	[
		"greet --page-id 7",
		"igwh greet does not take --page-id",
		"see: igwh greet --help",
	],
	[
		"--page-id 7 greet",
		"igwh greet does not take --page-id",
		"see: igwh greet --help",
	],
	[
		"greet --app-secret hush",
		"secrets are not read from flags: --app-secret",
		"put IGWH_APP_SECRET=… into .env or the environment",
	],
	[
		"greet --env-file x",
		"unknown option --env-file",
		"--dotenv names the env file; --env-file is an option of Node",
	],
	[
		"greet --last-name",
		"--last-name needs a value",
		"for example: igwh greet --last-name Smith",
	],
	["--nonsense", "unknown option --nonsense", "see: igwh --help"],
])("%s is wrong usage", (line, message, hint) => {
	expect(() => parse(line)).toThrow(new IgwhError("usage", message, hint));
	try {
		parse(line);
	} catch (error) {
		expect(error).toMatchObject({ message, hint, exitCode: 2 });
	}
});

test.each([
	[
		"trigger mentoins",
		'"mentoins" is not an Instagram field',
		expect.stringContaining("did you mean: igwh trigger mentions"),
	],
	[
		"sandbox open",
		"<gate> is required",
		"for example: igwh sandbox open app-live",
	],
	[
		"events export 12",
		'"12" is not the id of a delivery',
		"to list the ids: igwh events",
	],
	[
		"events --field nope",
		"--field nope is not an Instagram field",
		"did you mean: --field comments (all fields: comments, live_comments, mentions, story_insights, messages, message_echoes, message_edit, message_reactions, messaging_handover, messaging_optins, messaging_policy_enforcement, messaging_postbacks, messaging_referral, messaging_seen, response_feedback, standby)",
	],
	[
		"verify http://a.test http://b.test",
		"too many arguments: igwh verify takes 1, but 2 were given",
		"see: igwh verify --help",
	],
	[
		"demo x",
		"too many arguments: igwh demo takes none, but 1 was given",
		"see: igwh demo --help",
	],
])("%s names what was meant", (line, message, hint) => {
	expect(() => parseCommandLine(line.split(" "), commands, options)).toThrow(
		expect.objectContaining({ message, hint, exitCode: 2 }),
	);
});

test("the version and the help are texts to show", () => {
	expect(parse("-V")).toEqual(parse("--version"));
	expect(parse("--version")).toEqual({ kind: "show", text: "1.2.3\n" });
	expect(parse("")).toEqual(parse("--help"));
	expect(parse("help greet")).toEqual(parse("greet --help"));
});

describe("every command", () => {
	test.each(
		commands.flatMap(({ name }) =>
			[45, 80, 120].map((columns) => ({ name, columns })),
		),
	)("$name has help that fits $columns columns", ({ name, columns }) => {
		const { text } = parseCommandLine(
			[...name.split(" "), "--help"],
			commands,
			{ version: "1", columns },
		) as { text: string };
		const [help = ""] = text.split("\nExamples:\n");
		// A word that is longer, such as a list without spaces, is not cut.
		const long = help
			.split("\n")
			.filter((line) => line.length > columns && /\S\s+\S/.test(line));
		expect(long).toEqual([]);
	});

	test.each(commands.map(({ name }) => name))(
		"%s has help with examples",
		(name) => {
			const shown = parseCommandLine(
				[...name.split(" "), "--help"],
				commands,
				options,
			);
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
		const [typed = ""] = line.split(" > ");
		const words = [...typed.matchAll(/'([^']*)'|(\S+)/g)].map(
			([, quoted, bare]) => quoted ?? bare ?? "",
		);
		expect(parseCommandLine(words, commands, options)).toMatchObject({
			kind: "run",
			command: { name },
		});
	});
});

describe("a command below another", () => {
	const parseReal = (line: string) =>
		parseCommandLine(line.split(" "), commands, options);

	test.each([
		"events --field mentions prune --older-than 1s",
		"events --follow export d1",
	])("refuses the flags of its parent: %s", (line) => {
		expect(() => parseReal(line)).toThrow(/does not take --(field|follow)/);
	});

	test("takes global flags before and after its name", () => {
		expect(parseReal("--json events --home a prune --older-than 1s")).toEqual(
			expect.objectContaining({ flags: { json: true, home: "a" } }),
		);
	});
});

test("a command's help shows the global flags it honours, and no others", () => {
	for (const command of commands) {
		const shown = parseCommandLine(
			[...command.name.split(" "), "--help"],
			commands,
			options,
		) as { text: string };
		const honoured = globalFlagsOf(command);
		for (const key of Object.keys(globalFlags)) {
			const isShown = new RegExp(`^ +.*${flagName(key)}\\b`, "m").test(
				shown.text.split("Examples:")[0] ?? "",
			);
			expect([command.name, key, isShown]).toEqual([
				command.name,
				key,
				honoured.includes(key),
			]);
		}
	}
});

test("no input has the name of a global flag", () => {
	for (const { inputs } of commands)
		for (const key of Object.keys(inputs))
			expect(Object.keys(globalFlags)).not.toContain(key);
});
