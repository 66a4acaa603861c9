import { type Change, parseDelivery } from "../webhook/delivery.ts";
import { duplicateKey } from "../webhook/duplicate-key.ts";
import type { Database, Row, SqlValue } from "../world.ts";
import { addToInbox, type InboxEntry } from "./add-to-inbox.ts";
import { insertRows } from "./insert-rows.ts";

/** How many go in one transaction: a listener beside must never wait long for the write lock. */
const atOnce = 64;

/**
 * Reads what the appended deliveries say: their changes, which of them came
 * before, and what there is to answer. Whoever asks the history calls this
 * first; the log of deliveries is the truth, and all this follows from it.
 * @param upTo the newest row that matters
 */
export function indexDeliveries(
	database: Database,
	upTo = Number.MAX_SAFE_INTEGER,
): void {
	const isBehind = () => {
		const [first] = database.all(`SELECT id ${unindexed} LIMIT 1`);
		return first !== undefined && Number(first.id) <= upTo;
	};
	while (isBehind()) database.transaction(() => indexSome(database));
}

const unindexed =
	"FROM deliveries WHERE id > (SELECT up_to FROM indexed) ORDER BY id";

function indexSome(database: Database): void {
	const rows = database.all(
		`SELECT id, received_at, body, valid ${unindexed} LIMIT ?`,
		[atOnce],
	);
	const last = rows.at(-1);
	if (!last) return;
	const found = rows.flatMap(changesOf);
	const keys = found.flatMap(({ key }) => key ?? []);
	const first = firstDeliveries(database, keys);
	insertRows(
		database,
		"INSERT INTO changes (delivery_id, position, account_id, field, duplicate_key, duplicate_of)",
		found.map((one) => changeValues(one, first)),
	);
	addToInbox(database, found.filter(isKeyed));
	database.run("UPDATE indexed SET up_to = ?", [last.id as number]);
}

interface Found {
	deliveryRow: number;
	/** Milliseconds since 1970. */
	receivedAt: number;
	position: number;
	change: Change;
	/** An unverified sender must not make a later, true delivery look like a duplicate. */
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

/** The delivery that brought each key first, for those that came before. */
function firstDeliveries(
	database: Database,
	keys: readonly string[],
): Map<string, number> {
	const first = new Map<string, number>();
	for (let done = 0; done < keys.length; done += keysAtOnce) {
		const some = keys.slice(done, done + keysAtOnce);
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
