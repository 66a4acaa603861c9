import type { Database } from "../world.ts";

/** Answers of Meta, cached. */
export interface Lookups {
	/** The cached answer of a key. */
	find<T>(key: string): T | undefined;
	keep(key: string, answer: unknown): void;
}

export function lookups(database: Database, now: () => number): Lookups {
	return {
		find: (key) => {
			const [row] = database.all("SELECT answer FROM lookups WHERE key = ?", [
				key,
			]);
			return row && JSON.parse(String(row.answer));
		},
		keep: (key, answer) => {
			database.run(
				"INSERT OR REPLACE INTO lookups (key, at, answer) VALUES (?, ?, ?)",
				[key, now(), JSON.stringify(answer)],
			);
		},
	};
}
