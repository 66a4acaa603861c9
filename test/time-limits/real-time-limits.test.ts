import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { textResponse } from "../../src/http.ts";
import { callApi } from "../../src/system/api-client.ts";
import { serveOnLoopback } from "../../src/system/http-server.ts";
import { openSqlite } from "../../src/system/sqlite.ts";

test.each([
	["waited for", "1", [429, 200]],
	["too long to wait for", "3", [429]],
])("a Retry-After that is %s", async (_, retryAfter, expected) => {
	const statuses: number[] = [];
	const server = await serveOnLoopback(
		async () => {
			const status = statuses.length === 0 ? 429 : 200;
			statuses.push(status);
			return textResponse(status, "", [["Retry-After", retryAfter]]);
		},
		{ port: 0, maxBodyBytes: 1000 },
	);
	try {
		const { status } = await callApi({
			method: "GET",
			url: server.url,
			headers: [],
			body: Buffer.from(""),
			timeoutMs: 10_000,
		});
		expect(statuses).toEqual(expected);
		expect(status).toBe(expected.at(-1));
	} finally {
		await server.close();
	}
});

/** Another process that holds the write lock for a while. */
async function lockFor(ms: number, path: string) {
	const holder = spawn(
		process.execPath,
		[
			"-e",
			`const Database = require("libsql");
			const held = new Database(${JSON.stringify(path)});
			held.exec("BEGIN IMMEDIATE");
			console.log("held");
			setTimeout(() => { held.exec("COMMIT"); held.close(); }, ${ms});`,
		],
		{ stdio: ["ignore", "pipe", "inherit"] },
	);
	const ended = once(holder, "exit");
	await once(holder.stdout, "data");
	return { end: () => holder.kill(), ended };
}

test.each([
	["a while", 400, /^written$/],
	["longer than 5 s", 20_000, /locked/],
])(
	"a store that another process holds for %s",
	async (_, ms, outcome) => {
		const folder = await mkdtemp(join(tmpdir(), "igwh-test-"));
		const path = join(folder, "igwh.db");
		const database = await openSqlite(path);
		database.exec("CREATE TABLE t (x)");
		const lock = await lockFor(ms, path);
		const began = Date.now();
		try {
			database.run("INSERT INTO t VALUES (1)");
			expect("written").toMatch(outcome);
		} catch (error) {
			expect((error as Error).message).toMatch(outcome);
			expect(Date.now() - began).toBeGreaterThan(4500);
		} finally {
			lock.end();
			await lock.ended;
			database.close();
			await rm(folder, { recursive: true });
		}
	},
	15_000,
);
