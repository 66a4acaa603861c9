import { type ChildProcess, spawn } from "node:child_process";
import {
	existsSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSessions, type Typed } from "../support/sessions.ts";

/** A clone, or a folder where the tarball is installed; the gate names each in turn. */
const folder = process.env.README_FOLDER;

const readme = readFileSync(
	join(import.meta.dirname, "../../README.md"),
	"utf8",
);

/** Takes the ports of the README, so it runs on its own. */
describe.skipIf(!folder)("the README's blocks, pasted into a shell", () => {
	let home: string;
	const running: ChildProcess[] = [];

	beforeAll(() => {
		home = mkdtempSync(join(tmpdir(), "igwh-readme-"));
		// What npm link does.
		symlinkSync(programOf(folder ?? ""), join(home, "igwh"));
	});

	afterAll(async () => {
		for (const child of running.reverse()) await end(child);
		rmSync(home, { recursive: true, force: true });
	});

	test.each(readSessions(readme))("$ $pasted", { timeout: 30_000 }, (typed) =>
		paste(typed),
	);

	async function paste({ pasted, runsOn, expected }: Typed): Promise<void> {
		const child = spawn("sh", ["-c", `exec ${pasted}`], {
			cwd: folder,
			env: {
				...process.env,
				PATH: `${home}:${process.env.PATH}`,
				IGWH_SANDBOX: "1",
				IGWH_HOME: home,
				NO_COLOR: "1",
			},
			stdio: ["ignore", "pipe", "pipe"],
			detached: true,
		});
		running.push(child);
		let printed = "";
		const isShown = new Promise<void>((resolve) => {
			const read = (text: Buffer) => {
				printed += text;
				if (runsOn && expected.test(printed.trimEnd())) resolve();
			};
			child.stdout.on("data", read);
			child.stderr.on("data", read);
			child.on("close", () => resolve());
		});
		await isShown;
		expect(printed.trimEnd()).toMatch(expected);
	}
});

function programOf(folder: string): string {
	const installed = join(folder, "node_modules/igwh/bin/igwh.js");
	return existsSync(installed) ? installed : join(folder, "bin/igwh.js");
}

/** Ends the program and what npx started for it. */
async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.pid === undefined) return;
	const ended = new Promise((resolve) => child.on("close", resolve));
	process.kill(-child.pid, "SIGTERM");
	await ended;
}
