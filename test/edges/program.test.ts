import { type ChildProcess, spawn } from "node:child_process";
import {
	closeSync,
	existsSync,
	mkdtempSync,
	openSync,
	readdirSync,
	rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

/** The built program, as npx runs it: `npm ci` has built it. */
const program = join(import.meta.dirname, "../../bin/igwh.js");

let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "igwh-test-"));
});

afterEach(() => {
	for (const child of children.splice(0)) child.kill("SIGKILL");
	rmSync(folder, { recursive: true, force: true });
});

function start(...args: string[]) {
	const child = spawn(process.execPath, [program, ...args], {
		cwd: folder,
		env: { PATH: process.env.PATH },
	});
	children.push(child);
	const said = { out: "", err: "" };
	child.stdout.on("data", (text) => {
		said.out += text;
	});
	child.stderr.on("data", (text) => {
		said.err += text;
	});
	const ended = new Promise<number | null>((resolve) =>
		child.on("close", resolve),
	);
	const firstLine = new Promise<Record<string, string>>((resolve) =>
		child.stdout.on("data", () => {
			const [line, more] = said.out.split("\n");
			if (more !== undefined) resolve(JSON.parse(line ?? ""));
		}),
	);
	return { child, said, ended, firstLine };
}

test("the demo holds over real sockets, and leaves nothing behind", async () => {
	const { ended, said } = start("demo", "--json");
	const code = await ended;
	const last = said.out.trim().split("\n").at(-1) ?? "";
	expect([code, said.err, JSON.parse(last)]).toEqual([
		0,
		"",
		{ type: "summary", steps: 14, ok: 14, failed: 0, program: "igwh" },
	]);
	expect(readdirSync(folder)).toEqual([]);
});

test("listen ends with 130 on Ctrl-C, and what it received is kept", async () => {
	const listener = start(
		"listen",
		"--sandbox",
		"--port",
		"0",
		"--graph-url",
		"http://127.0.0.1:0",
		"--json",
	);
	const { localUrl } = await listener.firstLine;
	const sent = start(
		"replay",
		"mentions",
		"--sandbox",
		"--to",
		String(localUrl),
		"--json",
	);
	expect(await sent.ended).toBe(0);
	listener.child.kill("SIGINT");
	expect(await listener.ended).toBe(130);
	const events = start("events", "--sandbox", "--json");
	expect(await events.ended).toBe(0);
	expect(JSON.parse(events.said.out)).toMatchObject({
		id: "d1",
		signature: { valid: true, algorithm: "sha256", secret: "app secret" },
	});
});

test.skipIf(!existsSync("/dev/full"))(
	"an output on a full disk is a failure, and said",
	async () => {
		const full = openSync("/dev/full", "w");
		const child = spawn(process.execPath, [program, "--help"], {
			cwd: folder,
			env: { PATH: process.env.PATH },
			stdio: ["ignore", full, "pipe"],
		});
		children.push(child);
		closeSync(full);
		let said = "";
		child.stderr?.on("data", (text) => {
			said += text;
		});
		const code = await new Promise((resolve) => child.on("close", resolve));
		expect(code).toBe(2);
		expect(said).toContain("the output could not be written: ENOSPC");
	},
);

test("a reader that has seen enough is no failure", async () => {
	const shown = start("--help");
	shown.child.stdout.destroy();
	expect(await shown.ended).toBe(0);
});
