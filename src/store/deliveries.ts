import type { HeaderList } from "../http.ts";
import type { Change, ParsedDelivery } from "../webhook/delivery.ts";
import { duplicateKey } from "../webhook/duplicate-key.ts";
import type { Algorithm, Verdict } from "../webhook/signature.ts";
import type { Database, Row, SqlValue } from "../world.ts";
import { addToInbox } from "./inbox.ts";

export interface NewDelivery {
	/** Milliseconds since 1970. */
	receivedAt: number;
	target: string;
	headers: HeaderList;
	body: Uint8Array;
	verdict: Verdict;
	parsed: ParsedDelivery;
}

export interface StoredDelivery extends NewDelivery {
	/** `d` and a number that grows. */
	id: string;
	/** The first delivery of the same changes, where all of them came before. */
	duplicateOf: string | null;
	forwards: Forward[];
}

/** What the user's app answered. */
export interface Forward {
	url: string;
	/** HTTP status; 502 where it was unreachable, 504 where it was too slow. */
	status: number;
	ms: number;
	/** The likely cause of a failure. */
	hint?: string;
}

export interface DeliveryFilter {
	field?: string;
	account?: string;
	invalid?: boolean;
	/** The most to return. */
	limit: number;
}

export interface Deliveries {
	/** Resolves once the delivery is on the disk. Those that come together share one commit. */
	add(delivery: NewDelivery): Promise<StoredDelivery>;
	addForward(id: string, forward: Forward): void;
	find(id: string): StoredDelivery | undefined;
	/** Newest first. */
	list(filter: DeliveryFilter): StoredDelivery[];
}

/** Does a text have the form of a delivery's id? */
export function isDeliveryId(text: string): boolean {
	return /^d\d+$/.test(text);
}

interface Waiting {
	delivery: NewDelivery;
	resolve(stored: StoredDelivery): void;
	reject(error: unknown): void;
}

export function deliveries(database: Database): Deliveries {
	let waiting: Waiting[] = [];

	const commit = () => {
		const batch = waiting;
		waiting = [];
		try {
			const stored = database.transaction(() =>
				batch.map(({ delivery }) => insert(database, delivery)),
			);
			for (const [index, { resolve }] of batch.entries())
				resolve(stored[index] as StoredDelivery);
		} catch (error) {
			for (const { reject } of batch) reject(error);
		}
	};

	return {
		add: (delivery) =>
			new Promise((resolve, reject) => {
				if (waiting.length === 0) setImmediate(commit);
				waiting.push({ delivery, resolve, reject });
			}),
		addForward: (id, { url, status, ms, hint }) => {
			database.run(
				"INSERT INTO forwards (delivery_id, url, status, ms, hint) VALUES (?, ?, ?, ?, ?)",
				[rowId(id), url, status, Math.round(ms), hint ?? null],
			);
		},
		find: (id) => {
			const [row] = database.all("SELECT * FROM deliveries WHERE id = ?", [
				rowId(id),
			]);
			return row && readDelivery(database, row);
		},
		list: (filter) => {
			const { sql, parameters } = listing(filter);
			return database
				.all(sql, parameters)
				.map((row) => readDelivery(database, row));
		},
	};
}

function insert(database: Database, delivery: NewDelivery): StoredDelivery {
	const { verdict, parsed } = delivery;
	// An unverified sender must not make a later, true delivery look like a duplicate.
	const keys = parsed.changes.map((change) =>
		verdict.valid ? duplicateKey(change) : null,
	);
	const duplicateOf = firstOfAll(database, keys);
	const row = database.run(
		`INSERT INTO deliveries
			(received_at, target, headers, body, object, problem, valid, algorithm, secret, reason, duplicate_of)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		[
			delivery.receivedAt,
			delivery.target,
			JSON.stringify(delivery.headers),
			delivery.body,
			parsed.object,
			parsed.problem ?? null,
			Number(verdict.valid),
			verdict.algorithm ?? null,
			verdict.secret ?? null,
			verdict.reason ?? null,
			duplicateOf,
		],
	);
	for (const [position, change] of parsed.changes.entries()) {
		const key = keys[position] ?? null;
		insertChange(database, row, position, change, key);
		if (key !== null) addToInbox(database, row, change, key);
	}
	return {
		...delivery,
		id: `d${row}`,
		duplicateOf: duplicateOf === null ? null : `d${duplicateOf}`,
		forwards: [],
	};
}

function insertChange(
	database: Database,
	deliveryRow: number,
	position: number,
	{ accountId, field, time, value }: Change,
	key: string | null,
): void {
	database.run(
		"INSERT INTO changes (delivery_id, position, account_id, field, time, value, duplicate_key) VALUES (?, ?, ?, ?, ?, ?, ?)",
		[
			deliveryRow,
			position,
			accountId,
			field,
			Number.isFinite(time) ? time : 0,
			JSON.stringify(value ?? null),
			key,
		],
	);
}

/** The delivery that brought the first of these changes, if every one of them came before. */
function firstOfAll(
	database: Database,
	keys: readonly (string | null)[],
): number | null {
	let first: number | null = null;
	for (const key of keys) {
		const [row] = key
			? database.all(
					"SELECT delivery_id FROM changes WHERE duplicate_key = ? ORDER BY delivery_id LIMIT 1",
					[key],
				)
			: [];
		if (!row) return null;
		first ??= Number(row.delivery_id);
	}
	return first;
}

function listing({ field, account, invalid, limit }: DeliveryFilter) {
	const conditions: string[] = [];
	const parameters: SqlValue[] = [];
	const having = (column: string, value: string) => {
		conditions.push(
			`id IN (SELECT delivery_id FROM changes WHERE ${column} = ?)`,
		);
		parameters.push(value);
	};
	if (field) having("field", field);
	if (account) having("account_id", account);
	if (invalid) conditions.push("valid = 0");
	const where = conditions.length ? `WHERE ${conditions.join(" AND ")}` : "";
	return {
		sql: `SELECT * FROM deliveries ${where} ORDER BY id DESC LIMIT ?`,
		parameters: [...parameters, limit],
	};
}

function readDelivery(database: Database, row: Row): StoredDelivery {
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

function readChanges(database: Database, deliveryRow: number): Change[] {
	return database
		.all(
			"SELECT account_id, field, time, value FROM changes WHERE delivery_id = ? ORDER BY position",
			[deliveryRow],
		)
		.map((row) => ({
			accountId: String(row.account_id),
			field: String(row.field),
			time: Number(row.time),
			value: JSON.parse(String(row.value)),
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

function rowId(id: string): number {
	return isDeliveryId(id) ? Number(id.slice(1)) : 0;
}
