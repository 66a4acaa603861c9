import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withFileLock } from "../../src/system/store-file.ts";

let home: string;
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), "igwh-lock-"));
});
afterEach(() => rm(home, { recursive: true }));

test("a process that makes the store anew is waited for", async () => {
	const path = join(home, "igwh.db");
	const other = spawn(process.execPath, [
		"-e",
		`const fs = require("node:fs");
		const path = ${JSON.stringify(path)};
		fs.writeFileSync(path + ".lock", "");
		console.log("locked");
		setTimeout(() => {
			fs.writeFileSync(path, "made");
			fs.rmSync(path + ".lock");
		}, 300);`,
	]);
	const ended = once(other, "exit");
	await once(other.stdout, "data");
	expect(withFileLock(path, () => existsSync(path))).toBe(true);
	expect(existsSync(`${path}.lock`)).toBe(false);
	await ended;
});

test("the lock of a process that was killed is taken after half a minute", async () => {
	const path = join(home, "igwh.db");
	await writeFile(`${path}.lock`, "");
	const longAgo = Date.now() / 1000 - 31;
	await utimes(`${path}.lock`, longAgo, longAgo);
	expect(withFileLock(path, () => "made")).toBe("made");
	expect(existsSync(`${path}.lock`)).toBe(false);
});
