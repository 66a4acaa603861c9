import type { Change } from "../webhook/delivery.ts";
import { duplicateKey } from "../webhook/duplicate-key.ts";
import type { Database, SqlValue } from "../world.ts";
import { addToInbox, type InboxEntry } from "./inbox.ts";
import { insertRows } from "./insert-rows.ts";
import type { NewDelivery, StoredDelivery } from "./stored-delivery.ts";

/** Writes deliveries with their changes, and marks what came before. */
export function insertDeliveries(
	database: Database,
	batch: readonly NewDelivery[],
): StoredDelivery[] {
	const keyed = batch.map((delivery) => ({ delivery, keys: keysOf(delivery) }));
	const first = firstDeliveries(
		database,
		keyed.flatMap(({ keys }) => keys),
	);
	const lastRow = Number(
		database.all("SELECT max(id) AS last FROM deliveries")[0]?.last ?? 0,
	);
	const numbered = keyed.map(({ delivery, keys }, index) =>
		number(delivery, keys, lastRow + 1 + index, first),
	);
	insertRows(database, insertDelivery, numbered.map(deliveryValues));
	insertRows(database, insertChange, numbered.flatMap(changeValues));
	addToInbox(database, numbered.flatMap(inboxEntries));
	return numbered.map(stored);
}

interface Numbered {
	delivery: NewDelivery;
	row: number;
	/** Beside each change: its key, and the delivery that brought it first. */
	keys: readonly (string | null)[];
	repeats: readonly (number | null)[];
	duplicateOf: number | null;
}

/** An unverified sender must not make a later, true delivery look like a duplicate. */
function keysOf({ verdict, parsed }: NewDelivery): (string | null)[] {
	return parsed.changes.map((change) =>
		verdict.valid ? duplicateKey(change) : null,
	);
}

/** The delivery that brought each key first, for those that came before. */
function firstDeliveries(
	database: Database,
	keys: readonly (string | null)[],
): Map<string, number> {
	const wanted = keys.filter((key) => key !== null);
	const first = new Map<string, number>();
	for (let done = 0; done < wanted.length; done += keysAtOnce) {
		const some = wanted.slice(done, done + keysAtOnce);
		// Few lengths, so that few statements are ever prepared.
		const places = some.length === 1 ? 1 : keysAtOnce;
		const rows = database.all(
			`SELECT duplicate_key, min(delivery_id) AS first FROM changes WHERE duplicate_key IN (${Array(places).fill("?").join(", ")}) GROUP BY duplicate_key`,
			[...some, ...Array<null>(places - some.length).fill(null)],
		);
		for (const row of rows)
			first.set(String(row.duplicate_key), Number(row.first));
	}
	return first;
}

const keysAtOnce = 32;

function number(
	delivery: NewDelivery,
	keys: readonly (string | null)[],
	row: number,
	first: Map<string, number>,
): Numbered {
	const repeats = keys.map((key) => {
		if (key === null) return null;
		const before = first.get(key) ?? null;
		if (before === null) first.set(key, row);
		return before;
	});
	const all = repeats.length > 0 && repeats.every((before) => before !== null);
	const [duplicateOf = null] = all ? repeats : [];
	return { delivery, row, keys, repeats, duplicateOf };
}

const insertDelivery =
	"INSERT INTO deliveries (id, received_at, target, headers, body, object, problem, valid, algorithm, secret, reason, duplicate_of)";

function deliveryValues({ delivery, row, duplicateOf }: Numbered): SqlValue[] {
	const { receivedAt, target, headers, body, verdict, parsed } = delivery;
	return [
		row,
		receivedAt,
		target,
		JSON.stringify(headers),
		body,
		parsed.object,
		parsed.problem ?? null,
		Number(verdict.valid),
		verdict.algorithm ?? null,
		verdict.secret ?? null,
		verdict.reason ?? null,
		duplicateOf,
	];
}

const insertChange =
	"INSERT INTO changes (delivery_id, position, account_id, field, time, value, duplicate_key, duplicate_of)";

function changeValues({ delivery, row, keys, repeats }: Numbered) {
	return delivery.parsed.changes.map(
		({ accountId, field, time, value }, position): SqlValue[] => [
			row,
			position,
			accountId,
			field,
			Number.isFinite(time) ? time : 0,
			JSON.stringify(value ?? null),
			keys[position] ?? null,
			repeats[position] ?? null,
		],
	);
}

function inboxEntries({ delivery, row, keys }: Numbered): InboxEntry[] {
	return delivery.parsed.changes.flatMap((change: Change, position) => {
		const key = keys[position];
		return key
			? [{ deliveryRow: row, receivedAt: delivery.receivedAt, change, key }]
			: [];
	});
}

function stored({ delivery, row, repeats, duplicateOf }: Numbered) {
	const idOf = (row: number | null | undefined) => (row ? `d${row}` : null);
	return {
		...delivery,
		id: `d${row}`,
		parsed: {
			...delivery.parsed,
			changes: delivery.parsed.changes.map((change, position) => ({
				...change,
				duplicateOf: idOf(repeats[position]),
			})),
		},
		duplicateOf: idOf(duplicateOf),
		forwards: [],
	};
}
