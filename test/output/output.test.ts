import { expect, test } from "vitest";
import { IgwhError } from "../../src/igwh-error.ts";
import { createOutput } from "../../src/output/output.ts";

function terminal() {
	const out: string[] = [];
	const err: string[] = [];
	return {
		out,
		err,
		interactive: false,
		colours: true,
		columns: 80,
		progress: () => {},
		print: async (line: string) => {
			out.push(line);
		},
		note: (line: string) => {
			err.push(line);
		},
	};
}

const record = { type: "said", text: "hi\u001b[2J from s3cret" };
const human = (said: unknown, paint: { good(text: string): string }) =>
	paint.good((said as typeof record).text);

test("a person reads a safe, coloured line without secrets", async () => {
	const shown = terminal();
	const output = createOutput(shown, { json: false, hidden: () => ["s3cret"] });
	await output.record(record, human);
	expect(shown.out).toEqual(["\u001b[32mhi[2J from [redacted]\u001b[39m"]);
});

test("a program reads the record itself, without colours", async () => {
	const shown = terminal();
	const output = createOutput(shown, { json: true, hidden: () => ["s3cret"] });
	await output.record(record, human);
	expect(shown.out).toEqual([
		'{"type":"said","text":"hi\\u001b[2J from [redacted]"}',
	]);
});

test("a record that says nothing to a person prints nothing", async () => {
	const shown = terminal();
	await createOutput(shown, { json: false, hidden: () => [] }).record(
		record,
		() => undefined,
	);
	expect(shown.out).toEqual([]);
});

test("a failure is what happened and what to do, on stderr only", () => {
	const error = new IgwhError(
		"token",
		"s3cret expired\u0007",
		"make a new one",
	);
	const plain = terminal();
	createOutput(
		{ ...plain, colours: false },
		{ json: false, hidden: () => ["s3cret"] },
	).failure(error);
	expect(plain.err).toEqual(["igwh: [redacted] expired", "  make a new one"]);
	const json = terminal();
	createOutput(json, { json: true, hidden: () => ["s3cret"] }).failure(error);
	expect(json.err).toEqual([
		'{"error":{"code":"token","message":"[redacted] expired\\u0007","hint":"make a new one"}}',
	]);
	expect([...plain.out, ...json.out]).toEqual([]);
});

test("whoever pressed Ctrl-C knows it", () => {
	const shown = terminal();
	const interrupted = new IgwhError(
		"interrupted",
		"interrupted",
		"run it again",
	);
	createOutput(shown, { json: false, hidden: () => [] }).failure(interrupted);
	expect(shown.err).toEqual([]);
});
