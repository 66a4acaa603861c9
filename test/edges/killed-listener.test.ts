import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test } from "vitest";
import { storeOf } from "../../src/store/store.ts";
import { sendExactly } from "../../src/system/http-client.ts";
import { openSqlite } from "../../src/system/sqlite.ts";
import { deliveryHeaders } from "../../src/webhook/meta-request.ts";

const secret = "igwh_test_app_secret_0123456789abcdef";
const program = join(import.meta.dirname, "../../bin/igwh.js");
let home: string;

beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), "igwh-killed-"));
});

afterEach(() => rm(home, { recursive: true, force: true }));

/** A listener as it is shipped, in a process of its own. */
async function startListener() {
	const child = spawn(
		process.execPath,
		[program, "listen", "--no-tunnel", "--port", "0", "--json", "--home", home],
		{
			env: { PATH: process.env.PATH, IGWH_APP_SECRET: secret },
			stdio: ["ignore", "pipe", "ignore"],
		},
	);
	const [line] = await once(createInterface(child.stdout), "line");
	return { child, localUrl: String(JSON.parse(line).localUrl) };
}

const comment = (id: number) =>
	Buffer.from(
		`{"entry": [{"id": "17841400000000001", "time": 1, "changes": [{"value": {"id": "${id}"}, "field": "comments"}]}], "object": "instagram"}`,
	);

test("kill -9 under load: what was acknowledged is in the store, which opens cleanly", async () => {
	const { child, localUrl } = await startListener();
	const acknowledged: string[] = [];
	let next = 0;
	const sender = async () => {
		for (;;) {
			const body = comment(next++);
			const answer = await sendExactly({
				method: "POST",
				url: localUrl,
				headers: deliveryHeaders(body, "changes", secret),
				body,
				timeoutMs: 5000,
			}).catch(() => undefined);
			if (answer?.status !== 200) return;
			acknowledged.push(body.toString());
			if (acknowledged.length === 400) child.kill("SIGKILL");
		}
	};
	await Promise.all(Array.from({ length: 16 }, sender));
	if (child.exitCode === null && child.signalCode === null)
		await once(child, "exit");
	expect(acknowledged.length).toBeGreaterThanOrEqual(400);

	const database = await openSqlite(join(home, "igwh.db"));
	expect(database.all("PRAGMA integrity_check")).toEqual([
		{ integrity_check: "ok" },
	]);
	const store = storeOf(database, Date.now);
	const kept = new Set(
		[...store.deliveries.list({ limit: 10_000 })].map(({ body }) =>
			Buffer.from(body).toString(),
		),
	);
	expect(acknowledged.filter((body) => !kept.has(body))).toEqual([]);
	database.close();

	const again = await startListener();
	again.child.kill("SIGINT");
	expect((await once(again.child, "exit"))[0]).toBe(130);
}, 30_000);
