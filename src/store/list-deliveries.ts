import type { Database, SqlValue } from "../world.ts";
import { deliveryRow } from "./delivery-id.ts";
import { readDeliveries } from "./read-deliveries.ts";
import type { StoredDelivery } from "./stored-delivery.ts";

export interface DeliveryFilter {
	/** With one change of this field and this account. */
	field?: string;
	account?: string;
	/** Milliseconds since 1970, both included. */
	since?: number;
	until?: number;
	invalid?: boolean;
	/** With a change that came before. */
	duplicates?: boolean;
	/** Only those that came after this one, oldest first. */
	after?: string;
	/** The most to return. */
	limit: number;
}

/** How many are read at once. */
const pageSize = 100;

/** The deliveries a filter lets through, page after page, newest first. */
export function* listDeliveries(
	database: Database,
	filter: DeliveryFilter,
): Generator<StoredDelivery> {
	let cursor = filter.after;
	for (let left = filter.limit; left > 0; ) {
		const size = Math.min(left, pageSize);
		const { sql, parameters } = pageQuery(database, filter, cursor);
		const rows = database.all(sql, [...parameters, size]);
		yield* readDeliveries(database, rows);
		if (rows.length < size) return;
		cursor = `d${rows.at(-1)?.id}`;
		left -= size;
	}
}

/**
 * One page behind the cursor. Every form of it walks one index in the order of
 * the answer, so that it reads what it returns and little more: the CROSS JOIN
 * and INDEXED BY keep SQLite from choosing another way.
 */
function pageQuery(
	database: Database,
	filter: DeliveryFilter,
	cursor: string | undefined,
) {
	const { field, account, invalid, duplicates, after } = filter;
	const oldestFirst = after !== undefined;
	const byChange = Boolean(field || account || duplicates);
	const id = byChange ? "c.delivery_id" : "d.id";
	const conditions: string[] = [];
	const parameters: SqlValue[] = [];
	const where = (condition: string, ...values: SqlValue[]) => {
		conditions.push(condition);
		parameters.push(...values);
	};
	if (account) where("c.account_id = ?", account);
	if (field) where("c.field = ?", field);
	if (duplicates) where("c.duplicate_of IS NOT NULL");
	if (invalid) where("d.valid = 0");
	if (cursor) where(`${id} ${oldestFirst ? ">" : "<"} ?`, deliveryRow(cursor));
	for (const [bound, values] of timeBounds(database, filter))
		where(bound.replaceAll("id", id), ...values);
	const from = byChange
		? `changes c INDEXED BY ${changeIndex(filter)} CROSS JOIN deliveries d ON d.id = c.delivery_id`
		: `deliveries d${invalid ? " INDEXED BY deliveries_invalid" : ""}`;
	return {
		sql: `SELECT d.* FROM ${from}
			${conditions.length ? `WHERE ${conditions.join(" AND ")}` : ""}
			${byChange ? `GROUP BY ${id}` : ""}
			ORDER BY ${id} ${oldestFirst ? "ASC" : "DESC"} LIMIT ?`,
		parameters,
	};
}

function changeIndex({ account, duplicates }: DeliveryFilter): string {
	if (duplicates) return "changes_repeated";
	return account ? "changes_by_account" : "changes_by_field";
}

/** Ids grow with time: a time becomes the id of the delivery beside it. */
function timeBounds(
	database: Database,
	{ since, until }: DeliveryFilter,
): [bound: string, values: SqlValue[]][] {
	const beside = (comparison: string, order: string, time: number) =>
		Number(
			database.all(
				`SELECT id FROM deliveries WHERE received_at ${comparison} ? ORDER BY received_at ${order}, id ${order} LIMIT 1`,
				[time],
			)[0]?.id ?? -1,
		);
	const bounds: [string, SqlValue[]][] = [];
	if (since !== undefined) {
		const row = beside(">=", "ASC", since);
		bounds.push(row < 0 ? ["0", []] : ["id >= ?", [row]]);
	}
	if (until !== undefined)
		bounds.push(["id <= ?", [beside("<=", "DESC", until)]]);
	return bounds;
}
