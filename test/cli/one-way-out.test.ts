import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "../../src");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
	.filter((name) => name.endsWith(".ts"))
	.map((name) => ({
		name: name.replaceAll("\\", "/"),
		source: readFileSync(join(folder, name), "utf8"),
	}));

/** The files in which a pattern occurs. */
const filesWith = (pattern: RegExp) =>
	files.filter(({ source }) => pattern.test(source)).map(({ name }) => name);

test("only the adapters touch the standard streams", () => {
	expect(
		filesWith(/\bconsole\.|\bprocess\.(stdout|stderr)\b/).filter(
			(name) => !/^(system|program)\//.test(name),
		),
	).toEqual([]);
});

test("only the output prints records; a run yields them", () => {
	expect(filesWith(/terminal\.print\(/)).toEqual(["cli/output.ts"]);
	expect(filesWith(/terminal\.flush\b/)).toEqual(["cli/output.ts"]);
});

test("what runs gets the world whose terminal and prompts are the output's", () => {
	const program = files.find(({ name }) => name === "main.ts")?.source ?? "";
	expect(program).toContain(
		"const inner = { ...output.guard(world), interrupt: ending.signal };",
	);
	const uses = program.slice(program.indexOf("const inner"));
	// Beyond that line the world as it is gives its clock alone.
	expect(
		[...uses.slice(0, uses.indexOf("\n}\n")).matchAll(/\bworld\b[^,;]*/g)]
			.map(([use]) => use)
			.slice(1),
	).toEqual(["world.clock"]);
	expect(filesWith(/\bcommand\.run\(/)).toEqual(["main.ts"]);
});

test("signals and exit are apart from the adapters", () => {
	expect(filesWith(/\bprocess\.exit\(/)).toEqual(["program/run-program.ts"]);
	expect(filesWith(/\bprocess\.(on|once)\((?!"exit")/)).toEqual([
		"program/signals.ts",
	]);
	// A keyboard whose keys are read one by one sends Ctrl-C as the terminal would.
	expect(filesWith(/"SIG(INT|TERM|HUP)"/)).toEqual([
		"program/signals.ts",
		"system/keyboard.ts",
	]);
	expect(filesWith(/interruptOnSignals\(process/)).toEqual([
		"program/run-program.ts",
	]);
});
