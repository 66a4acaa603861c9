import { expect, test } from "vitest";
import { indexDeliveries } from "../../src/store/index-deliveries.ts";
import { storeOf } from "../../src/store/store.ts";
import { openSqlite } from "../../src/system/sqlite.ts";
import type { Database } from "../../src/world.ts";
import { newDelivery } from "../support/stored-deliveries.ts";

const comments = (from: number, count: number) =>
	newDelivery({
		object: "instagram",
		entry: Array.from({ length: count }, (_, n) => ({
			id: "17841400000000001",
			time: 1,
			changes: [{ field: "comments", value: { id: String(from + n) } }],
		})),
	});

/** The same file to another program: `first` happens once, before its first transaction. */
function lateTo(database: Database, first: () => void): Database {
	let waited = false;
	return {
		...database,
		all: (sql, parameters) => database.all(sql, parameters),
		run: (sql, parameters) => database.run(sql, parameters),
		transaction: (work) => {
			if (!waited) first();
			waited = true;
			return database.transaction(work);
		},
	};
}

test.each([
	["small ones", [2, 3], [4]],
	["a large one", [2500], [4]],
	["a large one, then another", [2500], [2600]],
	["small ones, then a large one", [1, 1], [2500]],
])(
	"another process indexes further meanwhile: %s",
	async (_, before, after) => {
		const database = await openSqlite(":memory:");
		const store = storeOf(database, () => 0);
		let total = 0;
		for (const count of [...before, ...after]) {
			await store.deliveries.add(comments(total, count));
			total += count;
		}
		const late = lateTo(database, () => indexDeliveries(database));
		indexDeliveries(late);
		const counted = (table: string) =>
			database.all(`SELECT count(*) AS n FROM ${table}`)[0]?.n;
		expect(counted("changes")).toBe(total);
		expect(counted("inbox")).toBe(total);
		expect(database.all("SELECT * FROM indexed")).toMatchObject([
			{ up_to: before.length + after.length, position: 0 },
		]);
		database.close();
	},
);
