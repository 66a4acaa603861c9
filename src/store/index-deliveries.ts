import { type Change, parseDelivery } from "../webhook/delivery.ts";
import { duplicateKey } from "../webhook/duplicate-key.ts";
import type { Database, Row, SqlValue } from "../world.ts";
import { addToInbox, type InboxEntry } from "./add-to-inbox.ts";
import { insertRows } from "./insert-rows.ts";

/** The size of one transaction: another process must never wait long for the write lock. */
const most = { deliveries: 64, bytes: 128 * 1024, changes: 1000 };

/**
 * Indexes the appended deliveries: their changes, which of them are repeated, and
 * what can be answered. Every query of the history calls this first. The log of
 * deliveries is the source; the index is derived from it.
 * @param upTo the newest row that matters
 */
export function indexDeliveries(
	database: Database,
	upTo = Number.MAX_SAFE_INTEGER,
): void {
	while (indexNext(database, upTo));
}

/** Does the same, and lets other work run in between. */
export async function indexInBackground(
	database: Database,
	upTo: number,
): Promise<void> {
	while (indexNext(database, upTo)) await new Promise(setImmediate);
}

function indexNext(database: Database, upTo: number): boolean {
	const part = nextPart(database);
	if (part === undefined || part.first > upTo) return false;
	database.transaction(() =>
		part.bytes > most.bytes
			? indexSlice(database, part.first)
			: indexPart(database, part.last),
	);
	return true;
}

const unindexed = "FROM deliveries WHERE id > (SELECT up_to FROM indexed)";

/** The rows to index next: some small deliveries, or a large one. */
function nextPart(
	database: Database,
): { first: number; last: number; bytes: number } | undefined {
	const rows = database.all(
		`SELECT id, length(body) AS bytes ${unindexed} ORDER BY id LIMIT ?`,
		[most.deliveries],
	);
	const [first] = rows;
	if (!first) return undefined;
	let last = first;
	let bytes = 0;
	for (const row of rows) {
		bytes += Number(row.bytes);
		if (bytes > most.bytes) break;
		last = row;
	}
	return {
		first: Number(first.id),
		last: Number(last.id),
		bytes: first === last ? Number(first.bytes) : 0,
	};
}

/** A large delivery that is indexed slice by slice, parsed once. */
const large = new WeakMap<Database, { row: Row; found: Found[] }>();

function indexSlice(database: Database, id: number): void {
	const [progress] = database.all("SELECT up_to, position FROM indexed");
	const [row] = database.all(
		"SELECT id, received_at, valid FROM deliveries WHERE id = ?",
		[id],
	);
	// Another process may have indexed it meanwhile.
	if (!row || Number(progress?.up_to) >= id) return;
	const parsed = large.get(database);
	const found =
		parsed && parsed.row.id === id && parsed.row.received_at === row.received_at
			? parsed.found
			: changesOf({
					...row,
					...database.all("SELECT body FROM deliveries WHERE id = ?", [id])[0],
				});
	const from = Number(progress?.position);
	const to = from + most.changes;
	writeFound(database, found.slice(from, to));
	if (to < found.length) {
		large.set(database, { row, found });
		database.run("UPDATE indexed SET position = ?", [to]);
	} else {
		large.delete(database);
		database.run("UPDATE indexed SET up_to = ?, position = 0", [id]);
	}
}

/** Another process may have indexed some of it meanwhile. */
function indexPart(database: Database, last: number): void {
	const rows = database.all(
		`SELECT id, received_at, body, valid ${unindexed} AND id <= ? ORDER BY id`,
		[last],
	);
	if (rows.length === 0) return;
	writeFound(database, rows.flatMap(changesOf));
	database.run("UPDATE indexed SET up_to = ?, position = 0", [last]);
}

function writeFound(database: Database, found: readonly Found[]): void {
	const keys = found.flatMap(({ key }) => key ?? []);
	const first = firstDeliveries(database, keys);
	insertRows(
		database,
		"INSERT INTO changes (delivery_id, position, account_id, field, duplicate_key, duplicate_of)",
		found.map((one) => changeValues(one, first)),
	);
	addToInbox(database, found.filter(isKeyed));
}

interface Found {
	deliveryRow: number;
	/** Milliseconds since 1970. */
	receivedAt: number;
	position: number;
	change: Change;
	/** An unverified delivery must not make a later, verified one look like a duplicate. */
	key: string | null;
}

function changesOf(row: Row): Found[] {
	return parseDelivery(row.body as Uint8Array).changes.map(
		(change, position) => ({
			deliveryRow: Number(row.id),
			receivedAt: Number(row.received_at),
			position,
			change,
			key: row.valid === 1 ? duplicateKey(change) : null,
		}),
	);
}

function isKeyed(found: Found): found is Found & InboxEntry {
	return found.key !== null;
}

/** The first delivery of each key that is repeated. */
function firstDeliveries(
	database: Database,
	keys: readonly string[],
): Map<string, number> {
	const first = new Map<string, number>();
	for (let done = 0; done < keys.length; done += keysAtOnce) {
		const some = keys.slice(done, done + keysAtOnce);
		// Few lengths, so that few statements are prepared.
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

function changeValues(
	{ deliveryRow, position, change, key }: Found,
	first: Map<string, number>,
): SqlValue[] {
	const before = key === null ? undefined : first.get(key);
	if (key !== null && before === undefined) first.set(key, deliveryRow);
	return [
		deliveryRow,
		position,
		change.accountId,
		change.field,
		key,
		before ?? null,
	];
}
