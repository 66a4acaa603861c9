import { expect, test } from "vitest";
import { storeOf } from "../../src/store/store.ts";
import { openSqlite } from "../../src/system/sqlite.ts";
import { newDelivery } from "../support/stored-deliveries.ts";

const many = (count: number) =>
	newDelivery({
		object: "instagram",
		entry: Array.from({ length: count }, (_, n) => ({
			id: "17841400000000001",
			time: 1,
			changes: [{ field: "comments", value: { id: String(n % 30_000) } }],
		})),
	});

test("a delivery of 40,000 entries is indexed in slices, with room for others in between", async () => {
	const database = await openSqlite(":memory:");
	const store = storeOf(database, () => 0);
	const id = await store.deliveries.add(many(40_000));
	let turns = 0;
	let done = false;
	const indexing = store.deliveries.index([id]).then(() => {
		done = true;
	});
	while (!done) {
		await new Promise(setImmediate);
		turns++;
	}
	await indexing;
	expect(turns).toBeGreaterThan(30);
	expect(database.all("SELECT count(*) AS n FROM changes")).toEqual([
		{ n: 40_000 },
	]);
	const changes = store.deliveries.find(id)?.parsed.changes ?? [];
	expect(changes.findIndex(({ duplicateOf }) => duplicateOf !== null)).toBe(
		30_000,
	);
	expect(store.inbox.list(["new"])).toHaveLength(30_000);
	database.close();
});

test("a query in between completes it, and nothing is indexed twice", async () => {
	const database = await openSqlite(":memory:");
	const store = storeOf(database, () => 0);
	const id = await store.deliveries.add(many(5000));
	const next = await store.deliveries.add(many(5));
	const indexing = store.deliveries.index([next]);
	expect(store.inbox.list(["new"])).toHaveLength(5000);
	await indexing;
	expect(store.deliveries.find(next)?.duplicateOf).toBe(id);
	expect(database.all("SELECT count(*) AS n FROM changes")).toEqual([
		{ n: 5005 },
	]);
	database.close();
});

test("a thousand stories in one delivery are read at once", async () => {
	const database = await openSqlite(":memory:");
	const store = storeOf(database, () => 0);
	const changes = Array.from({ length: 1000 }, (_, n) => ({
		field: "story_insights",
		value: { media_id: String(n), impressions: 10, reach: 8 },
	}));
	await store.deliveries.add(
		newDelivery({
			object: "instagram",
			entry: [{ id: "1", time: 1, changes }],
		}),
	);
	store.stories(0);
	const before = performance.now();
	expect(store.stories(0)).toHaveLength(1000);
	expect(performance.now() - before).toBeLessThan(500);
	database.close();
});
