import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { storeOf } from "../../src/store/store.ts";
import { openSqlite } from "../../src/system/sqlite.ts";
import { commentDelivery } from "../support/stored-deliveries.ts";

let home: string;
let path: string;
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), "igwh-sqlite-"));
	path = join(home, "igwh.db");
});
afterEach(() => rm(home, { recursive: true }));

test("a clean end leaves an empty log behind, and everything in the file", async () => {
	const database = await openSqlite(path);
	const store = storeOf(database, () => 0);
	for (let id = 1; id <= 50; id++)
		await store.deliveries.add(commentDelivery(id));
	expect((await stat(`${path}-wal`)).size).toBeGreaterThan(10_000);
	store.close();
	expect((await stat(`${path}-wal`)).size).toBe(0);
	await rm(`${path}-wal`);
	await rm(`${path}-shm`);
	const again = storeOf(await openSqlite(path), () => 0);
	expect([...again.deliveries.list({ limit: 100 })]).toHaveLength(50);
	again.close();
});

test("an end beside a program that reads does not wait for it", async () => {
	const one = await openSqlite(path);
	const two = await openSqlite(path);
	one.exec("CREATE TABLE t (a)");
	two.exec("BEGIN");
	two.all("SELECT * FROM t");
	one.run("INSERT INTO t VALUES (1)");
	const before = performance.now();
	one.close();
	expect(performance.now() - before).toBeLessThan(2000);
	two.exec("COMMIT");
	expect(two.all("SELECT a FROM t")).toEqual([{ a: 1 }]);
	two.close();
});

test("a new store is its owner's; one that others can read is closed to them, and that is said once", async () => {
	await mkdir(join(home, "existing"), { mode: 0o755 });
	const inside = join(home, "existing", "igwh.db");
	const database = await openSqlite(inside);
	database.exec("CREATE TABLE t (a)");
	expect(database.notices()).toEqual([]);
	const modes = async () => {
		const found = ["", "-wal", "-shm"].map((end) => stat(inside + end));
		return (await Promise.all(found)).map(({ mode }) => mode & 0o777);
	};
	expect(await modes()).toEqual([0o600, 0o600, 0o600]);
	database.close();

	await chmod(inside, 0o644);
	const again = await openSqlite(inside);
	expect(await modes()).toEqual([0o600, 0o600, 0o600]);
	expect(again.notices()).toEqual([
		`${inside} could be read by other users of this machine; its mode is 0600 now`,
	]);
	expect(again.notices()).toEqual([]);
	again.close();
});

test("a damaged store is called damaged, with what to do", async () => {
	await writeFile(path, "this is no database ".repeat(500));
	await expect(openSqlite(path)).rejects.toMatchObject({
		code: "store",
		message: expect.stringContaining(`the store ${path} is damaged`),
		hint: expect.stringContaining(`mv ${path} ${path}.damaged`),
	});
	await rm(path);
	const database = await openSqlite(path);
	const store = storeOf(database, () => 0);
	for (let id = 1; id <= 200; id++)
		await store.deliveries.add(commentDelivery(id));
	store.close();
	await writeFile(path, Buffer.alloc(200_000, 0xa5), { flag: "r+" });
	const again = openSqlite(path).then((opened) => {
		const damaged = storeOf(opened, () => 0);
		return [...damaged.deliveries.list({ limit: 1000 })];
	});
	await expect(again).rejects.toThrow("damaged");
});

test("a folder in place of the store is called one, with what to do", async () => {
	await mkdir(path);
	await expect(openSqlite(path)).rejects.toMatchObject({
		code: "store",
		message: `the store ${path} is a folder, not a file`,
		hint: `move it away, and igwh makes a new store: mv ${path} ${path}.folder; or name another store with --home`,
	});
});
