import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { systemProcesses } from "../../src/system/processes.ts";

const { run, edit, openPage } = systemProcesses;
const options = { input: "", timeoutMs: 20_000 };
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "igwh-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("a program reads what it is given and is read", async () => {
	expect(
		await run("tr a-z A-Z; echo warn >&2; exit 3", {
			...options,
			input: "é hi",
		}),
	).toEqual({ code: 3, timedOut: false, stdout: "é HI", stderr: "warn\n" });
});

test("one that does not read what it is given, or does not exist, is no failure of ours", async () => {
	const input = "x".repeat(200_000);
	expect(await run("true", { ...options, input })).toMatchObject({ code: 0 });
	expect(await run("no-such-program-here", options)).toMatchObject({
		code: 127,
	});
});

test("what takes too long ends, with all it started", async () => {
	// Its output ends once every program that could write to it has.
	expect(
		await run("sleep 30 & sleep 30", { input: "", timeoutMs: 100 }),
	).toMatchObject({ timedOut: true, code: 137 });
});

test("it ends early when told, and when it says too much", async () => {
	const stopping = new AbortController();
	const stopped = run("sleep 30", { ...options, signal: stopping.signal });
	stopping.abort();
	expect(await stopped).toMatchObject({ timedOut: false, code: 137 });
	const endless = await run("yes", options);
	expect(endless.code).toBe(137);
	expect(endless.stdout.length).toBeLessThanOrEqual(1024 * 1024);
	expect(endless.problem).toBe("its output is longer than 1048576 bytes");
});

test.each([
	["stays in its group", "sleep 20 & echo yes"],
	["leaves its group", "setsid sleep 3 & echo yes"],
])(
	"its end is waited for, not that of a grandchild that %s and holds its output",
	async (_, commandLine) => {
		const started = performance.now();
		expect(await run(commandLine, options)).toMatchObject({
			code: 0,
			stdout: "yes\n",
		});
		expect(performance.now() - started).toBeLessThan(2500);
	},
);

test("what it started in its group ends with it", async () => {
	const { stdout } = await run("sleep 20 & echo $!", options);
	const pid = Number(stdout);
	await expect
		.poll(async () => {
			const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
			// A zombie has ended too.
			return stat === "" || / Z /.test(stat);
		})
		.toBe(true);
});

test.each([
	["bytes that are not UTF-8", "printf 'a\\377b'"],
	["a zero byte", "printf 'a\\000b'"],
	["an escape", "printf '\\033[2Jhi'"],
])("%s are no text", async (_, commandLine) => {
	expect(await run(commandLine, options)).toMatchObject({
		code: 0,
		problem: "its output is not text in UTF-8",
	});
});

test("an editor may be a command line, and its failure is told", async () => {
	const path = join(folder, "an answer.txt");
	await writeFile(path, "one");
	await edit("sed -i s/one/two/", path);
	expect(await readFile(path, "utf8")).toBe("two");
	await expect(edit("false", path)).rejects.toMatchObject({
		code: "input",
		message: "the editor false failed: it ended with 1",
	});
});

test.each([
	[
		"stays in the foreground",
		'#!/bin/sh\necho $$ > "$1.pid"\nexec sleep 30\n',
		true,
	],
	["hands the page over", "#!/bin/sh\nsleep 0.3\n", true],
	["cannot be shown", "#!/bin/sh\nsleep 0.3\nexit 3\n", false],
])("a browser that %s", async (_, script, opened) => {
	const browser = join(await mkdtemp(join(folder, "x")), "browser");
	await writeFile(browser, script, { mode: 0o755 });
	vi.stubEnv("BROWSER", browser);
	const page = `${browser}-page`;
	try {
		expect(await openPage(page)).toBe(opened);
	} finally {
		vi.unstubAllEnvs();
		const pid = await readFile(`${page}.pid`, "utf8").catch(() => "");
		if (pid) process.kill(Number(pid), "SIGKILL");
	}
});
