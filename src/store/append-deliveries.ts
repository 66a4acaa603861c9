import type { Database, SqlValue } from "../world.ts";
import { insertRows } from "./insert-rows.ts";
import type { NewDelivery } from "./stored-delivery.ts";

/** Anyone can send what is refused: more than of any real delivery is not kept of it. */
export const keptOfRefused = 64 * 1024;

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
		"INSERT INTO deliveries (received_at, target, headers, body, valid, algorithm, secret, reason, whole_bytes)",
		batch.map(values),
	);
	// Rows of one transaction follow one another.
	return batch.map((_, index) => `d${last - batch.length + 1 + index}`);
}

function values(delivery: NewDelivery): SqlValue[] {
	const { receivedAt, target, headers, body, verdict } = delivery;
	const kept = verdict.valid ? body : body.subarray(0, keptOfRefused);
	return [
		receivedAt,
		target,
		JSON.stringify(headers),
		kept,
		Number(verdict.valid),
		verdict.algorithm ?? null,
		verdict.secret ?? null,
		verdict.reason ?? null,
		kept.length < body.length ? body.length : null,
	];
}
