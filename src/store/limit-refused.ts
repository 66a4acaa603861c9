import type { Database } from "../world.ts";
import { removeDeliveries } from "./prune-deliveries.ts";

/** The most bytes kept of all refused deliveries; a row counts for a kilobyte at least. */
const maxBytes = 32 * 1024 * 1024;

/** How many bytes may be added between two looks. */
const checkedEvery = 1024 * 1024;

/**
 * Keeps strangers from filling the disk: the oldest refused deliveries go first,
 * and their space in the file is used again. Verified ones are never touched.
 * @returns called with the bytes of refused deliveries just added; gives how many were removed
 */
export function limitRefused(database: Database): (bytes: number) => number {
	let unchecked = checkedEvery;
	return (bytes) => {
		unchecked += bytes;
		if (bytes === 0 || unchecked < checkedEvery) return 0;
		unchecked = 0;
		const rows = database.all(
			"SELECT id, max(length(body) + length(headers), 1024) AS bytes FROM deliveries INDEXED BY deliveries_invalid WHERE valid = 0 ORDER BY id DESC",
		);
		let kept = 0;
		const tooOld = rows.filter((row) => {
			kept += Number(row.bytes);
			return kept > maxBytes;
		});
		removeDeliveries(
			database,
			tooOld.map(({ id }) => Number(id)),
		);
		return tooOld.length;
	};
}
