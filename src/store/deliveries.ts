import type { Database } from "../world.ts";
import { appendDeliveries } from "./append-deliveries.ts";
import { deliveryRow } from "./delivery-id.ts";
import { groupCommit } from "./group-commit.ts";
import { indexDeliveries } from "./index-deliveries.ts";
import { insertRows } from "./insert-rows.ts";
import { type DeliveryFilter, listDeliveries } from "./list-deliveries.ts";
import { pruneDeliveries } from "./prune-deliveries.ts";
import { readDeliveries } from "./read-deliveries.ts";
import type {
	Forward,
	NewDelivery,
	StoredDelivery,
} from "./stored-delivery.ts";

export { isDeliveryId } from "./delivery-id.ts";
export type { DeliveryFilter } from "./list-deliveries.ts";
export type {
	Forward,
	NewDelivery,
	StoredChange,
	StoredDelivery,
} from "./stored-delivery.ts";

export interface Deliveries {
	/** Resolves with its id once the delivery is on the disk. Those that come together share one commit. */
	add(delivery: NewDelivery): Promise<string>;
	/** Resolves once they are on the disk. */
	addForwards(id: string, forwards: readonly Forward[]): Promise<void>;
	find(id: string): StoredDelivery | undefined;
	/** Those of the ids that there are, oldest first. */
	findAll(ids: readonly string[]): StoredDelivery[];
	/** Newest first, read as they are asked for. */
	list(filter: DeliveryFilter): Iterable<StoredDelivery>;
	/** Forgets those received before a time, but never the newest one; returns how many. */
	prune(before: number): number;
}

export function deliveries(database: Database): Deliveries {
	const add = groupCommit((batch: readonly NewDelivery[]) =>
		database.transaction(() => appendDeliveries(database, batch)),
	);
	const addForwards = groupCommit(
		(batch: readonly { id: string; forwards: readonly Forward[] }[]) =>
			database.transaction(() => {
				insertForwards(database, batch);
				return batch.map(() => undefined);
			}),
	);
	const findAll = (ids: readonly string[]) => {
		const wanted = ids.map(deliveryRow);
		indexDeliveries(database, Math.max(...wanted));
		const rows = database.all(
			"SELECT * FROM deliveries WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
			[JSON.stringify(wanted)],
		);
		return readDeliveries(database, rows);
	};
	return {
		add,
		addForwards: (id, forwards) => addForwards({ id, forwards }),
		find: (id) => findAll([id])[0],
		findAll,
		list: (filter) => {
			indexDeliveries(database);
			return listDeliveries(database, filter);
		},
		prune: (before) => pruneDeliveries(database, before),
	};
}

function insertForwards(
	database: Database,
	batch: readonly { id: string; forwards: readonly Forward[] }[],
): void {
	insertRows(
		database,
		"INSERT INTO forwards (delivery_id, url, status, ms, hint)",
		batch.flatMap(({ id, forwards }) =>
			forwards.map(({ url, status, ms, hint }) => [
				deliveryRow(id),
				url,
				status,
				Math.round(ms),
				hint ?? null,
			]),
		),
	);
}
