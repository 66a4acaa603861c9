import type { Database } from "../world.ts";

/** How many are removed in one transaction: another process must never wait long for the write lock. */
const batchSize = 500;

/**
 * Removes deliveries with their changes, their forwards, and their unanswered
 * inbox items. The newest delivery stays: the next id follows it.
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

/** Removes some; inbox items that a remaining delivery repeats stay, as items of that delivery. */
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
