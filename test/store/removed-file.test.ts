import { mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { storeOf } from "../../src/store/store.ts";
import { openSqlite } from "../../src/system/sqlite.ts";
import type { FileRepair } from "../../src/world.ts";
import { commentDelivery } from "../support/stored-deliveries.ts";

let home: string;
let path: string;
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), "igwh-removed-"));
	path = join(home, "store", "igwh.db");
});
afterEach(() => rm(home, { recursive: true }));

async function open() {
	const repairs: FileRepair[] = [];
	const store = storeOf(await openSqlite(path), () => 0, {
		onRepair: (kind) => repairs.push(kind),
	});
	return { ...store, repairs };
}

/** What a program that opens the path now finds there. */
async function storedAt() {
	const store = await open();
	const found = [...store.deliveries.list({ limit: 1000, after: "d0" })];
	store.close();
	return found.map(({ parsed }) => parsed.changes[0]?.value);
}

const commentValue = (id: number) => ({
	id: String(id),
	text: "hi",
	from: { id: "12345" },
});
const remove = async (...endings: string[]) => {
	for (const ending of endings) await rm(path + ending);
};

test.each<[string, string[], FileRepair, number[]]>([
	["everything", ["", "-shm", "-wal"], "recreated", [2, 3]],
	["the file alone", [""], "recreated", [2, 3]],
	["the log alone", ["-wal"], "recovered", [1, 2, 3]],
	["the index alone", ["-shm"], "recovered", [1, 2, 3]],
	["the log and its index", ["-wal", "-shm"], "recovered", [1, 2, 3]],
])(
	"%s is removed: what is acknowledged after it is at the path",
	async (_, endings, repair, kept) => {
		const store = await open();
		await store.deliveries.add(commentDelivery(1));
		await remove(...endings);
		await store.deliveries.add(commentDelivery(2));
		expect(store.repairs).toEqual([repair]);
		await store.deliveries.add(commentDelivery(3));
		expect(store.repairs).toEqual([repair]);
		expect(await storedAt()).toEqual(kept.map(commentValue));
		store.close();
		expect(await storedAt()).toEqual(kept.map(commentValue));
		expect((await stat(path)).mode & 0o777).toBe(0o600);
	},
);

test("the whole folder is removed, as git clean -fdx does", async () => {
	const store = await open();
	await store.deliveries.add(commentDelivery(1));
	await rm(join(home, "store"), { recursive: true });
	await store.deliveries.add(commentDelivery(2));
	expect(await storedAt()).toEqual([commentValue(2)]);
	expect(await readdir(join(home, "store"))).toContain(".gitignore");
	store.close();
});

test("another file in its place is used from then on", async () => {
	const other = await open();
	await other.deliveries.add(commentDelivery(7));
	other.close();
	await rename(path, `${path}.other`);
	await remove("-wal", "-shm");
	const store = await open();
	await store.deliveries.add(commentDelivery(1));
	await remove("", "-wal", "-shm");
	await rename(`${path}.other`, path);
	await store.deliveries.add(commentDelivery(2));
	expect(store.repairs).toEqual(["reopened"]);
	expect(await storedAt()).toEqual([commentValue(7), commentValue(2)]);
	store.close();
});

test("two processes whose file is removed continue with one new file", async () => {
	const one = await open();
	const two = await open();
	await one.deliveries.add(commentDelivery(1));
	await two.deliveries.add(commentDelivery(2));
	await remove("", "-shm", "-wal");
	await Promise.all([
		one.deliveries.add(commentDelivery(3)),
		two.deliveries.add(commentDelivery(4)),
	]);
	await one.deliveries.add(commentDelivery(5));
	expect([...one.repairs, ...two.repairs].sort()).toEqual([
		"recreated",
		"reopened",
	]);
	expect(await storedAt()).toEqual([3, 4, 5].map(commentValue));
	expect([...two.deliveries.list({ limit: 9 })]).toHaveLength(3);
	one.close();
	two.close();
});

test("two programs whose log is removed lose nothing", async () => {
	const one = await open();
	const two = await open();
	await one.deliveries.add(commentDelivery(1));
	await two.deliveries.add(commentDelivery(2));
	await remove("-wal");
	await two.deliveries.add(commentDelivery(3));
	await one.deliveries.add(commentDelivery(4));
	expect(await storedAt()).toEqual([1, 2, 3, 4].map(commentValue));
	one.close();
	two.close();
});

test("a reader notices it too", async () => {
	const reader = await open();
	const writer = await open();
	await writer.deliveries.add(commentDelivery(1));
	expect([...reader.deliveries.list({ limit: 9 })]).toHaveLength(1);
	await remove("", "-shm", "-wal");
	await writer.deliveries.add(commentDelivery(2));
	expect(
		[...reader.deliveries.list({ limit: 9 })].map(
			({ parsed }) => parsed.changes[0]?.value,
		),
	).toEqual([commentValue(2)]);
	reader.close();
	writer.close();
});

test("a running listener and an answer under way are not forgotten with the file", async () => {
	const store = await open();
	const target = {
		field: "comments",
		accountId: "17841400000000001",
		mediaId: "",
		commentId: "1",
	} as const;
	store.listeners.add("http://127.0.0.1:7300/webhook");
	const begun = store.replies.begin(target, "thanks", false);
	await remove("", "-shm", "-wal");
	expect(store.listeners.latest()).toBe("http://127.0.0.1:7300/webhook");
	expect(store.replies.begin(target, "thanks", false)).toHaveProperty(
		"conflict",
	);
	if ("number" in begun) store.replies.sent(begun.number, "17900000000009");
	expect(store.replies.latest(target)?.state).toBe("sent");
	store.close();
});
