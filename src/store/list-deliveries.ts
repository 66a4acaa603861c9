import { deliveryRow } from "../delivery-id.ts";
import type { Database, SqlValue } from "../world.ts";
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
	/** With a change that an earlier delivery contained. */
	duplicates?: boolean;
	/** An app refused it or did not answer, and has not accepted the same changes since. */
	failed?: boolean;
	/** Only those that arrived after this one, oldest first. */
	after?: string;
	/** How many to return at most. */
	limit: number;
}

/** How many are read at once. */
const pageSize = 100;

/** The deliveries that match a filter, page by page, newest first. */
export function* listDeliveries(
	database: Database,
	filter: DeliveryFilter,
): Generator<StoredDelivery> {
	let cursor = filter.after;
	const bounds = timeBounds(database, filter);
	for (let left = filter.limit; left > 0; ) {
		const size = Math.min(left, pageSize);
		const { sql, parameters } = pageQuery(filter, bounds, cursor);
		const rows = database.all(sql, [...parameters, size]);
		yield* readDeliveries(database, rows);
		if (rows.length < size) return;
		cursor = `d${rows.at(-1)?.id}`;
		left -= size;
	}
}

/**
 * One page after the cursor. Every form of the query walks one index in the order
 * of the result, so that it reads little more than it returns: CROSS JOIN and
 * INDEXED BY fix the query plan.
 */
function pageQuery(
	filter: Omit<DeliveryFilter, "limit">,
	bounds: readonly Bound[],
	cursor: string | undefined,
	columns = "d.*",
) {
	const { field, account, invalid, duplicates, failed, after } = filter;
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
	if (failed) {
		// The first condition is the fast one: it walks the failures only.
		where(`${id} IN (SELECT delivery_id FROM forwards INDEXED BY forwards_failed
			WHERE status ${failedStatus})`);
		where(`EXISTS (${openFailure(id)})`);
	}
	if (cursor) where(`${id} ${oldestFirst ? ">" : "<"} ?`, deliveryRow(cursor));
	for (const [column, comparison, value] of bounds)
		where(`${column === "id" ? id : "d.received_at"} ${comparison} ?`, value);
	const from = byChange
		? `changes c INDEXED BY ${changeIndex(filter)} CROSS JOIN deliveries d ON d.id = c.delivery_id`
		: `deliveries d${invalid ? " INDEXED BY deliveries_invalid" : ""}`;
	return {
		sql: `SELECT ${columns} FROM ${from}
			${conditions.length ? `WHERE ${conditions.join(" AND ")}` : ""}
			${byChange ? `GROUP BY ${id}` : ""}
			ORDER BY ${id} ${oldestFirst ? "ASC" : "DESC"} LIMIT ?`,
		parameters,
	};
}

/** The failed status of a row of `forwards`; the index `forwards_failed` uses the same expression. */
const failedStatus = "NOT BETWEEN 200 AND 299";

/**
 * A failure that is still open: the app has not accepted the delivery since, nor
 * other deliveries of all its changes, which Meta sends after a failure.
 */
function openFailure(id: string): string {
	const accepted = (condition: string) =>
		`SELECT 1 FROM forwards later WHERE later.url = missed.url
			AND later.status BETWEEN 200 AND 299 AND later.id > missed.id AND ${condition}`;
	return `SELECT 1 FROM forwards missed INDEXED BY forwards_failed
		WHERE missed.delivery_id = ${id} AND missed.status ${failedStatus}
		AND NOT EXISTS (${accepted("later.delivery_id = missed.delivery_id")})
		AND (
			NOT EXISTS (SELECT 1 FROM changes WHERE delivery_id = missed.delivery_id)
			OR EXISTS (
				SELECT 1 FROM changes lost WHERE lost.delivery_id = missed.delivery_id
				AND NOT EXISTS (${accepted(
					"later.delivery_id IN (SELECT delivery_id FROM changes WHERE duplicate_key = lost.duplicate_key)",
				)})
			)
		)`;
}

function changeIndex({
	account,
	duplicates,
}: Pick<DeliveryFilter, "account" | "duplicates">): string {
	if (duplicates) return "changes_repeated";
	return account ? "changes_by_account" : "changes_by_field";
}

type Bound = [column: "id" | "received_at", comparison: string, value: number];

/**
 * A clock may be set back, so that ids do not always grow with time: the first and
 * last id within the time bounds limit what is read, and each time is compared too.
 */
function timeBounds(
	database: Database,
	{ since, until }: Pick<DeliveryFilter, "since" | "until">,
): Bound[] {
	const outermost = (id: string, comparison: string, time: number) =>
		Number(
			database.all(
				`SELECT ${id} AS id FROM deliveries WHERE received_at ${comparison} ?`,
				[time],
			)[0]?.id ?? -1,
		);
	const bounds: Bound[] = [];
	if (since !== undefined) {
		const first = outermost("min(id)", ">=", since);
		bounds.push(["id", ">=", first < 0 ? Number.MAX_SAFE_INTEGER : first]);
		bounds.push(["received_at", ">=", since]);
	}
	if (until !== undefined) {
		bounds.push(["id", "<=", outermost("max(id)", "<=", until)]);
		bounds.push(["received_at", "<=", until]);
	}
	return bounds;
}

/** The rows of all deliveries that match a filter, oldest first. */
export function deliveryRows(
	database: Database,
	filter: Omit<DeliveryFilter, "limit">,
): number[] {
	const oldestFirst = { ...filter, after: "d0" };
	const bounds = timeBounds(database, filter);
	const { sql, parameters } = pageQuery(oldestFirst, bounds, "d0", "d.id");
	return database.all(sql, [...parameters, -1]).map(({ id }) => Number(id));
}
