import { deliveryRow } from "../delivery-id.ts";
import type { Database } from "../world.ts";
import { appendDeliveries, keptOfRefused } from "./append-deliveries.ts";
import { groupCommit } from "./group-commit.ts";
import { indexInBackground } from "./index-deliveries.ts";
import { insertRows } from "./insert-rows.ts";
import { limitRefused } from "./limit-refused.ts";
import {
	type DeliveryFilter,
	deliveryRows,
	listDeliveries,
} from "./list-deliveries.ts";
import { pruneDeliveries } from "./prune-deliveries.ts";
import { readDeliveries } from "./read-deliveries.ts";
import type {
	Forward,
	NewDelivery,
	StoredDelivery,
} from "./stored-delivery.ts";

export { isDeliveryId } from "../delivery-id.ts";
export type { DeliveryFilter } from "./list-deliveries.ts";
export type {
	Forward,
	NewDelivery,
	StoredChange,
	StoredDelivery,
} from "./stored-delivery.ts";

export interface Deliveries {
	/** Resolves with its id once the delivery is on the disk. Deliveries that arrive together share one commit. */
	add(delivery: NewDelivery): Promise<string>;
	/** Resolves once they are on the disk. */
	addForwards(id: string, forwards: readonly Forward[]): Promise<void>;
	find(id: string): StoredDelivery | undefined;
	/** The ids that exist, oldest first. */
	findAll(ids: readonly string[]): StoredDelivery[];
	/** Newest first, read lazily. */
	list(filter: DeliveryFilter): Iterable<StoredDelivery>;
	/** Indexes up to these deliveries, and lets other work run in between. */
	index(ids: readonly string[]): Promise<void>;
	/** The deliveries that match a filter, oldest first, except the newest delivery of the store. */
	prunable(filter: PruneFilter): string[];
	/** Removes deliveries, but never the newest one; returns how many. */
	prune(ids: readonly string[]): number;
}

/** Which deliveries to remove. */
export interface PruneFilter
	extends Omit<DeliveryFilter, "limit" | "after" | "since" | "until"> {
	/** Milliseconds since 1970; received earlier. */
	before: number;
}

interface DeliveriesOptions {
	/** Updates the index before it is read. */
	index(upTo?: number): void;
	/** Called with how many refused deliveries were removed to make room. */
	onRefusedRemoved(count: number): void;
}

export function deliveries(
	database: Database,
	{ index, onRefusedRemoved }: DeliveriesOptions,
): Deliveries {
	const makeRoom = limitRefused(database);
	const add = groupCommit((batch: readonly NewDelivery[]) => {
		let removed = 0;
		const ids = database.transaction(() => {
			const added = appendDeliveries(database, batch);
			removed = makeRoom(refusedBytes(batch));
			return added;
		});
		if (removed > 0) onRefusedRemoved(removed);
		return ids;
	});
	const addForwards = groupCommit(
		(batch: readonly { id: string; forwards: readonly Forward[] }[]) =>
			database.transaction(() => {
				insertForwards(database, batch);
				return batch.map(() => undefined);
			}),
	);
	const findAll = (ids: readonly string[]) => {
		const wanted = ids.map(deliveryRow);
		index(Math.max(...wanted));
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
			index();
			return listDeliveries(database, filter);
		},
		index: (ids) =>
			indexInBackground(database, Math.max(...ids.map(deliveryRow))),
		prunable: ({ before, ...filter }) => {
			index();
			const [newest] = listDeliveries(database, { limit: 1 });
			return deliveryRows(database, { ...filter, until: before - 1 })
				.map((row) => `d${row}`)
				.filter((id) => id !== newest?.id);
		},
		prune: (ids) => pruneDeliveries(database, ids.map(deliveryRow)),
	};
}

function refusedBytes(batch: readonly NewDelivery[]): number {
	let bytes = 0;
	for (const { verdict, body } of batch)
		if (!verdict.valid) bytes += Math.min(body.length, keptOfRefused) + 1024;
	return bytes;
}

function insertForwards(
	database: Database,
	batch: readonly { id: string; forwards: readonly Forward[] }[],
): void {
	insertRows(
		database,
		"INSERT INTO forwards (delivery_id, url, status, ms, problem, hint)",
		batch.flatMap(({ id, forwards }) =>
			forwards.map(({ url, status, ms, problem, hint }) => [
				deliveryRow(id),
				url,
				status,
				Math.round(ms),
				problem ?? null,
				hint ?? null,
			]),
		),
	);
}
