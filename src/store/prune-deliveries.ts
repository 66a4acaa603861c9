import type { Database } from "../world.ts";

/** How many go in one transaction: a listener beside must never wait long for the write lock. */
const atOnce = 500;

/**
 * Forgets the deliveries received before a time, with their changes, their
 * forwards, and what of them was still to answer. The newest delivery stays
 * whatever its age: its number is where counting goes on.
 * @returns how many were forgotten
 */
export function pruneDeliveries(database: Database, before: number): number {
	let forgotten = 0;
	for (;;) {
		const ids = database
			.all(
				"SELECT id FROM deliveries WHERE received_at < ? AND id < (SELECT max(id) FROM deliveries) ORDER BY received_at LIMIT ?",
				[before, atOnce],
			)
			.map(({ id }) => Number(id));
		if (ids.length === 0) return forgotten;
		database.transaction(() => {
			for (const [table, column] of [
				["changes", "delivery_id"],
				["forwards", "delivery_id"],
				["inbox", "delivery_id"],
				["deliveries", "id"],
			])
				database.run(
					`DELETE FROM ${table} WHERE ${column} IN (SELECT value FROM json_each(?))`,
					[JSON.stringify(ids)],
				);
		});
		forgotten += ids.length;
	}
}
