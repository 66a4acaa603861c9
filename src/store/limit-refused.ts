import type { Database } from "../world.ts";
import { removeDeliveries } from "./prune-deliveries.ts";

/** The maximum size of all refused deliveries; each counts as a kilobyte at least. */
const maxBytes = 32 * 1024 * 1024;

/** How many bytes may be added between two checks. */
const checkedEvery = 1024 * 1024;

/**
 * Keeps strangers from filling the disk: the oldest refused deliveries are removed,
 * and their space in the file is reused. Verified ones are never touched.
 * @returns called with the bytes of refused deliveries just added; returns how many were removed
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
