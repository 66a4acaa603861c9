import type { Database } from "../world.ts";

/** The listeners that run on this store: `replay` sends to one of them. */
export interface Listeners {
	add(url: string): void;
	remove(url: string): void;
	/** The webhook URL of the one that started last. */
	latest(): string | undefined;
}

export function listeners(database: Database, now: () => number): Listeners {
	return {
		add: (url) => {
			database.run(
				"INSERT OR REPLACE INTO listeners (url, started_at) VALUES (?, ?)",
				[url, now()],
			);
		},
		remove: (url) => {
			database.run("DELETE FROM listeners WHERE url = ?", [url]);
		},
		latest: () => {
			const [row] = database.all(
				"SELECT url FROM listeners ORDER BY started_at DESC LIMIT 1",
			);
			return row && String(row.url);
		},
	};
}
