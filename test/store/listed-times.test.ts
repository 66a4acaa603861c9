import { expect, test } from "vitest";
import { storeOf } from "../../src/store/store.ts";
import { openSqlite } from "../../src/system/sqlite.ts";
import { commentPayload, newDelivery } from "../support/stored-deliveries.ts";

test("since and until are inclusive, and hold where the clock stepped back", async () => {
	const database = await openSqlite(":memory:");
	const store = storeOf(database, () => 0);
	for (const receivedAt of [100, 200, 50, 60, 300])
		await store.deliveries.add(
			newDelivery(commentPayload(receivedAt), { receivedAt }),
		);
	const times = (filter: object) =>
		[...store.deliveries.list({ limit: 9, ...filter })].map(
			({ receivedAt }) => receivedAt,
		);
	for (const filter of [{}, { field: "comments" }]) {
		expect(times({ ...filter, since: 100 })).toEqual([300, 200, 100]);
		expect(times({ ...filter, until: 100 })).toEqual([60, 50, 100]);
		expect(times({ ...filter, since: 60, until: 200 })).toEqual([60, 200, 100]);
		expect(times({ ...filter, since: 301 })).toEqual([]);
		expect(times({ ...filter, until: 49 })).toEqual([]);
		expect(times({ ...filter, since: 60, after: "d0" })).toEqual([
			100, 200, 60, 300,
		]);
	}
	expect(store.deliveries.prunable({ before: 60 })).toEqual(["d3"]);
	expect(store.deliveries.prunable({ before: 1000 })).toHaveLength(4);
	database.close();
});

test("the number announced is removed where the clock stepped back before the newest", async () => {
	const database = await openSqlite(":memory:");
	const store = storeOf(database, () => 0);
	for (const receivedAt of [100, 300, 200])
		await store.deliveries.add(
			newDelivery(commentPayload(receivedAt), { receivedAt }),
		);
	const announced = store.deliveries.prunable({ before: 1000 });
	expect(announced).toEqual(["d1", "d2"]);
	expect(store.deliveries.prune(announced)).toBe(2);
	expect(store.deliveries.prunable({ before: 1000 })).toEqual([]);
	database.close();
});

test("pruning a delivery removes its forwards", async () => {
	const database = await openSqlite(":memory:");
	const store = storeOf(database, () => 0);
	for (let id = 1; id <= 1200; id++)
		void store.deliveries.add(newDelivery(commentPayload(id)));
	const last = await store.deliveries.add(newDelivery(commentPayload(5000)));
	const forward = { url: "http://127.0.0.1:1/", status: 200, ms: 1 };
	for (const id of ["d1", last])
		await store.deliveries.addForwards(id, [forward]);
	const all = store.deliveries.prunable({ before: 2_000_000_000_000 });
	expect(store.deliveries.prune([...all, last])).toBe(1200);
	expect(store.deliveries.find(last)?.forwards).toEqual([forward]);
	expect(database.all("SELECT delivery_id FROM forwards")).toEqual([
		{ delivery_id: 1201 },
	]);
	expect(store.inbox.list(["new"])).toHaveLength(1);
	database.close();
});

test("what is to be pruned goes through the same filters as the list", async () => {
	const database = await openSqlite(":memory:");
	const store = storeOf(database, () => 0);
	const story = {
		object: "instagram",
		entry: [
			{
				id: "17841400000000002",
				time: 1,
				changes: [{ field: "story_insights", value: { media_id: "1" } }],
			},
		],
	};
	await store.deliveries.add(newDelivery(commentPayload(1)));
	await store.deliveries.add(newDelivery(story));
	await store.deliveries.add(newDelivery(commentPayload(2), { valid: false }));
	await store.deliveries.add(newDelivery(commentPayload(1)));
	await store.deliveries.add(newDelivery(commentPayload(3)));
	const before = 2_000_000_000_000;
	const prunable = (filter: object) =>
		store.deliveries.prunable({ before, ...filter });
	expect(prunable({})).toEqual(["d1", "d2", "d3", "d4"]);
	expect(prunable({ field: "story_insights" })).toEqual(["d2"]);
	expect(prunable({ account: "17841400000000001" })).toEqual([
		"d1",
		"d3",
		"d4",
	]);
	expect(prunable({ account: "17841400000000001", invalid: true })).toEqual([
		"d3",
	]);
	expect(prunable({ duplicates: true })).toEqual(["d4"]);
	expect(store.deliveries.prune(["d1"])).toBe(1);
	// The comment of d1 is that of d4, which stays.
	expect(store.inbox.list(["new"]).map(({ deliveryId }) => deliveryId)).toEqual(
		["d4", "d5"],
	);
	database.close();
});
