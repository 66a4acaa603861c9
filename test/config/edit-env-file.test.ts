import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editEnvFile } from "../../src/config/edit-env-file.ts";
import { readEnvFile } from "../../src/config/env-file.ts";
import { IgwhError } from "../../src/igwh-error.ts";

const edit = (text: string, values: Record<string, string>) =>
	Buffer.from(editEnvFile(Buffer.from(text), values, ".env")).toString();

test.each([
	["an empty file", "", "A=1\n"],
	["a new name comes last", "B=2\n", "B=2\nA=1\n"],
	["a last line without an end gets one", "B=2", "B=2\nA=1\n"],
	["the file's own line ends", "B=2\r\n", "B=2\r\nA=1\r\n"],
	["an old value goes, its place stays", "A=0\nB=2\n", "A=1\nB=2\n"],
	[
		"export, spaces and a comment stay",
		" export A = 0 # mine\n",
		" export A = 1 # mine\n",
	],
	["a comment right behind a value", "A=#mine\n", "A=1 #mine\n"],
	["a quoted value, with # in it", "A='0 # no' # mine\n", "A=1 # mine\n"],
	["a value of several lines", 'A="x\ny" # mine\nB=2\n', "A=1 # mine\nB=2\n"],
	["the last of two counts", "A=0\nA=2\n", "A=0\nA=1\n"],
	[
		"a name inside another value is none",
		"B='\nA=0\n'\n",
		"B='\nA=0\n'\nA=1\n",
	],
	["a comment is none", "# A=0\n", "# A=0\nA=1\n"],
	["a byte-order mark stays", "\ufeffA=0\n", "\ufeffA=1\n"],
	["the same value changes nothing", "A = '1'", "A = '1'"],
])("%s", (_, before, after) => {
	expect(edit(before, { A: "1" })).toBe(after);
});

test.each([
	["a b#c", "A='a b#c'\n"],
	["it's", 'A="it\'s"\n'],
	["1000|0a-_.", "A=1000|0a-_.\n"],
	["größe", "A='größe'\n"],
])("the value %s is quoted where it must be", (value, text) => {
	expect(edit("", { A: value })).toBe(text);
	expect(readEnvFile(Buffer.from(text), "").values).toEqual({ A: value });
});

test.each(["a\nb", "'\"`", "back\\slash"])(
	"the value %j is refused",
	(value) => {
		expect(() => edit("", { A: value })).toThrow(".env is left as it was");
	},
);

test("UTF-16 stays UTF-16", () => {
	const before = Buffer.from("\ufeffB=2\r\nA=0\r\n", "utf16le");
	const after = Buffer.from("\ufeffB=2\r\nA=1\r\n", "utf16le");
	expect(Buffer.from(editEnvFile(before, { A: "1" }, ""))).toEqual(after);
	const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();
	expect(Buffer.from(editEnvFile(swapped(before), { A: "1" }, ""))).toEqual(
		swapped(after),
	);
});

describe("whatever is in the file", () => {
	const foreign = fc.oneof(
		fc.constantFrom(
			...["", "  ", "# a comment", "words of no meaning", "=1", "B=", "B=2"],
			...["export B = '2' # c", "B='unclosed", 'B="x', 'y"', "'", "`", "C=#"],
			...["# IGWH_APP_ID=0", "XIGWH_APP_ID=0", "IGWH_APP_ID: 0", "B=a=b\t"],
		),
		fc.string({ unit: "binary" }).map((text) => text.replace(/[\r\n\0]/g, "")),
	);
	const own = fc.constantFrom(
		...["IGWH_APP_ID=0", "export IGWH_APP_ID='0' # mine", "IGWH_APP_ID="],
	);
	const file = fc
		.array(
			fc.tuple(
				fc.oneof({ weight: 5, arbitrary: foreign }, own),
				fc.constantFrom("\n", "\n", "\r\n", "\r"),
			),
			{ maxLength: 8 },
		)
		.map((lines) => Buffer.from(lines.flat().join("")))
		.chain((bytes) =>
			fc.constantFrom(bytes, Buffer.concat([bytes, Buffer.from([0xe9])])),
		);
	/** Without the lines that assign one of igwh's names. */
	const others = (bytes: Uint8Array) =>
		(
			Buffer.from(bytes)
				.toString("latin1")
				.match(/[^\r\n]*[\r\n]*/g) ?? []
		)
			.map((line) => line.replace(/[\r\n]+$/, ""))
			.filter((line) => !/^\s*(export\s+)?IGWH_\w+\s*=/.test(line))
			.join("\n")
			.replace(/\n+$/, "");

	test("foreign lines survive byte for byte, and the values are read back", () => {
		let written = 0;
		fc.assert(
			fc.property(
				file,
				fc.constantFrom("1000000000000001", "a b", "x|y"),
				(before, value) => {
					const values = { IGWH_APP_ID: value, IGWH_PAGE_ID: "7" };
					let after: Uint8Array;
					try {
						after = editEnvFile(before, values, ".env");
					} catch (error) {
						expect(error).toBeInstanceOf(IgwhError);
						return;
					}
					written++;
					const old = readEnvFile(before, "").values;
					expect(readEnvFile(after, "").values).toEqual({ ...old, ...values });
					expect(others(after)).toBe(others(before));
					expect(editEnvFile(after, values, ".env")).toEqual(
						Buffer.from(after),
					);
				},
			),
			{ numRuns: 2000 },
		);
		expect(written).toBeGreaterThan(1000);
	});
});
