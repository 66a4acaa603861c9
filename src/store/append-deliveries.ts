import type { Database, SqlValue } from "../world.ts";
import { insertRows } from "./insert-rows.ts";
import type { NewDelivery } from "./stored-delivery.ts";

/**
 * Writes deliveries down as they came, in order: all that has to happen before
 * Meta is answered. What they say is read when they are indexed.
 * @returns their ids
 */
export function appendDeliveries(
	database: Database,
	batch: readonly NewDelivery[],
): string[] {
	const last = insertRows(
		database,
		"INSERT INTO deliveries (received_at, target, headers, body, valid, algorithm, secret, reason)",
		batch.map(values),
	);
	// Rows of one transaction follow one another.
	return batch.map((_, index) => `d${last - batch.length + 1 + index}`);
}

function values(delivery: NewDelivery): SqlValue[] {
	const { receivedAt, target, headers, body, verdict } = delivery;
	return [
		receivedAt,
		target,
		JSON.stringify(headers),
		body,
		Number(verdict.valid),
		verdict.algorithm ?? null,
		verdict.secret ?? null,
		verdict.reason ?? null,
	];
}
