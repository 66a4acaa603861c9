import type { Database } from "../world.ts";

/** How many go in one transaction: a listener beside must never wait long for the write lock. */
const batchSize = 500;

/**
 * Removes deliveries with their changes, their forwards, and what of them was
 * still to answer. The newest delivery stays: its number is where counting goes on.
 * @returns how many were removed
 */
export function pruneDeliveries(
	database: Database,
	rows: readonly number[],
): number {
	const newest = Number(
		database.all("SELECT max(id) AS newest FROM deliveries")[0]?.newest,
	);
	const old = rows.filter((row) => row !== newest);
	for (let done = 0; done < old.length; done += batchSize)
		database.transaction(() =>
			removeDeliveries(database, old.slice(done, done + batchSize)),
		);
	return old.length;
}

/** Removes some; what a remaining delivery repeats stays in the inbox, as of that one. */
export function removeDeliveries(
	database: Database,
	rows: readonly number[],
): void {
	if (rows.length === 0) return;
	const ids = JSON.stringify(rows);
	const these = "IN (SELECT value FROM json_each(?))";
	const remove = (table: string, column: string) =>
		database.run(`DELETE FROM ${table} WHERE ${column} ${these}`, [ids]);
	remove("changes", "delivery_id");
	remove("forwards", "delivery_id");
	const repeats = "FROM changes WHERE duplicate_key = inbox.duplicate_key";
	database.run(
		`UPDATE inbox SET delivery_id = (SELECT min(delivery_id) ${repeats})
			WHERE delivery_id ${these} AND EXISTS (SELECT 1 ${repeats})`,
		[ids],
	);
	remove("inbox", "delivery_id");
	remove("deliveries", "id");
}
