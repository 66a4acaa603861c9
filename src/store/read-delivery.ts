import type { Algorithm } from "../webhook/signature.ts";
import type { Database, Row } from "../world.ts";
import type {
	Forward,
	StoredChange,
	StoredDelivery,
} from "./stored-delivery.ts";

/** A row of `deliveries` with what belongs to it. */
export function readDelivery(database: Database, row: Row): StoredDelivery {
	const optional = (column: string) =>
		row[column] === null ? undefined : String(row[column]);
	return {
		id: `d${row.id}`,
		receivedAt: Number(row.received_at),
		target: String(row.target),
		headers: JSON.parse(String(row.headers)),
		body: row.body as Uint8Array,
		verdict: {
			valid: row.valid === 1,
			algorithm: optional("algorithm") as Algorithm | undefined,
			secret: optional("secret"),
			reason: optional("reason"),
		},
		parsed: {
			object: String(row.object),
			changes: readChanges(database, Number(row.id)),
			problem: optional("problem"),
		},
		duplicateOf: row.duplicate_of === null ? null : `d${row.duplicate_of}`,
		forwards: readForwards(database, Number(row.id)),
	};
}

function readChanges(database: Database, deliveryRow: number): StoredChange[] {
	return database
		.all(
			"SELECT account_id, field, time, value, duplicate_of FROM changes WHERE delivery_id = ? ORDER BY position",
			[deliveryRow],
		)
		.map((row) => ({
			accountId: String(row.account_id),
			field: String(row.field),
			time: Number(row.time),
			value: JSON.parse(String(row.value)),
			duplicateOf: row.duplicate_of === null ? null : `d${row.duplicate_of}`,
		}));
}

function readForwards(database: Database, deliveryRow: number): Forward[] {
	return database
		.all(
			"SELECT url, status, ms, hint FROM forwards WHERE delivery_id = ? ORDER BY id",
			[deliveryRow],
		)
		.map(({ url, status, ms, hint }) => ({
			url: String(url),
			status: Number(status),
			ms: Number(ms),
			...(hint !== null && { hint: String(hint) }),
		}));
}
