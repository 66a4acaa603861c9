import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { storeOf } from "../../src/store/store.ts";
import { openSqlite } from "../../src/system/sqlite.ts";
import { startListener } from "../support/shipped-listener.ts";

let home: string;

beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), "igwh-killed-"));
});

afterEach(() => rm(home, { recursive: true, force: true }));

const comment = (id: number) =>
	Buffer.from(
		`{"entry": [{"id": "17841400000000001", "time": 1, "changes": [{"value": {"id": "${id}"}, "field": "comments"}]}], "object": "instagram"}`,
	);

test("kill -9 under load: what was acknowledged is in the store, which opens cleanly", async () => {
	const { child, deliver } = await startListener(home);
	const acknowledged: string[] = [];
	let next = 0;
	const sender = async () => {
		for (;;) {
			const body = comment(next++);
			const status = await deliver(body).catch(() => undefined);
			if (status !== 200) return;
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

	const again = await startListener(home);
	again.child.kill("SIGINT");
	expect((await once(again.child, "exit"))[0]).toBe(130);
}, 30_000);
