import type { Database, SqlValue } from "../world.ts";

/** How many rows go into one statement; few sizes, so that few statements are prepared. */
const sizes = [32, 16, 8, 4, 2, 1];

/**
 * Inserts many rows with few statements: a call into SQLite costs more than
 * the insert.
 * @param insert e.g. `INSERT INTO table (a, b)`
 * @returns the row id of the last one
 */
export function insertRows(
	database: Database,
	insert: string,
	rows: readonly SqlValue[][],
): number {
	let last = 0;
	for (let done = 0; done < rows.length; ) {
		const size = sizes.find((size) => size <= rows.length - done) ?? 1;
		const values: SqlValue[] = [];
		for (let index = done; index < done + size; index++)
			values.push(...(rows[index] as SqlValue[]));
		last = database.run(statement(insert, size, values.length / size), values);
		done += size;
	}
	return last;
}

const statements = new Map<string, string>();

/** Cached: the text is also the key of the prepared statement. */
function statement(insert: string, rows: number, columns: number): string {
	const key = `${rows} ${insert}`;
	const known = statements.get(key);
	if (known !== undefined) return known;
	const row = `(${Array(columns).fill("?").join(", ")})`;
	const made = `${insert} VALUES ${Array(rows).fill(row).join(", ")}`;
	statements.set(key, made);
	return made;
}
