import { execFileSync, spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { phpNumber, pythonNumber } from "../../src/webhook/wire-numbers.ts";

test.each([
	["0", "0", "0"],
	["-0", "0", "0"],
	["-1", "-1", "-1"],
	["1547687043", "1547687043", "1547687043"],
	["1760000000123", "1760000000123", "1760000000123"],
	["17841405309211844", "17841405309211844", "17841405309211844"],
	["9223372036854775807", "9223372036854775807", "9223372036854775807"],
	["9223372036854775808", "9223372036854775808", "9.223372036854776e+18"],
	["-9223372036854775808", "-9223372036854775808", "-9223372036854775808"],
	["-9223372036854775809", "-9223372036854775809", "-9.223372036854776e+18"],
	["0.0", "0.0", "0"],
	["-0.0", "-0.0", "-0"],
	["1.0", "1.0", "1"],
	["1.50", "1.5", "1.5"],
	["-12.5", "-12.5", "-12.5"],
	["100e-2", "1.0", "1"],
	["1e5", "100000.0", "100000"],
	["1E+15", "1000000000000000.0", "1000000000000000"],
	["1e16", "1e+16", "10000000000000000"],
	["1e17", "1e+17", "1.0e+17"],
	["1.5e300", "1.5e+300", "1.5e+300"],
	["0.0001", "0.0001", "0.0001"],
	["0.00001", "1e-05", "1.0e-5"],
	["0.00001234", "1.234e-05", "1.234e-5"],
	["1e-7", "1e-07", "1.0e-7"],
	["5e-324", "5e-324", "5.0e-324"],
	["1e400", "Infinity", "0"],
	["-1e400", "-Infinity", "0"],
])("%s is %s and %s", (literal, python, php) => {
	expect([pythonNumber(literal), phpNumber(literal)]).toEqual([python, php]);
});

const has = (program: string) => spawnSync(program, ["--version"]).status === 0;

/** Literals of every size, but for the infinities, which PHP refuses. */
const literals = fc.sample(
	fc.oneof(
		fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
		fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
		fc
			.tuple(fc.integer(), fc.nat(), fc.integer({ min: -30, max: 30 }))
			.map(([whole, part, exponent]) => `${whole}.${part}e${exponent}`),
	),
	{ numRuns: 1000, seed: 7 },
);

test.runIf(has("python3"))("Python agrees", () => {
	const script =
		"import json,sys\nfor line in sys.stdin: print(json.dumps(json.loads(line)))";
	expect(literals.map(pythonNumber)).toEqual(
		linesOf("python3", ["-c", script]),
	);
});

test.runIf(has("php"))("PHP agrees", () => {
	const script =
		'while (($line = fgets(STDIN)) !== false) echo json_encode(json_decode($line)), "\\n";';
	expect(literals.map(phpNumber)).toEqual(linesOf("php", ["-r", script]));
});

function linesOf(program: string, args: string[]): string[] {
	const output = execFileSync(program, args, { input: literals.join("\n") });
	return output.toString().trimEnd().split("\n");
}
