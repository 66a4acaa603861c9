import type { Database, SqlValue } from "../world.ts";

/** How many rows go into one statement; few sizes, so that few statements are ever prepared. */
const sizes = [32, 8, 1];

/**
 * Inserts many rows with few statements: crossing into SQLite costs more than
 * what it does there.
 * @param insert e.g. `INSERT INTO table (a, b)`
 */
export function insertRows(
	database: Database,
	insert: string,
	rows: readonly SqlValue[][],
): void {
	for (let done = 0; done < rows.length; ) {
		const size = sizes.find((size) => size <= rows.length - done) ?? 1;
		const chunk = rows.slice(done, done + size);
		database.run(`${insert} VALUES ${places(chunk)}`, chunk.flat());
		done += size;
	}
}

function places(rows: readonly SqlValue[][]): string {
	return rows.map((row) => `(${row.map(() => "?").join(", ")})`).join(", ");
}
