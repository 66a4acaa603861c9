import type { Database, SqlValue } from "../world.ts";
import { insertRows } from "./insert-rows.ts";
import type { NewDelivery } from "./stored-delivery.ts";

/** Anyone can send deliveries that are refused: only this many bytes of each are kept. */
export const keptOfRefused = 64 * 1024;

/**
 * Writes deliveries as received, in order: all that has to happen before Meta is
 * answered. Their changes are read when they are indexed.
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
	// The ids of one transaction are consecutive.
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
