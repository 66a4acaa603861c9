import type { Database } from "../world.ts";

/** An app's callback that a listener has taken, and what to put back. */
export interface Takeover {
	appId: string;
	/** The Graph API it was done at. */
	graphUrl: string;
	/** Every callback URL the listener has set; the last one is in force. */
	callbackUrls: readonly string[];
	/** Answers as long as the listener runs. */
	aliveUrl: string;
	/** What was there before; nothing where the app had no subscription. */
	previous: { callbackUrl: string; fields: readonly string[] } | undefined;
}

/**
 * Written down before the callback is changed and struck out once it is back,
 * so that the next start can repair what a crash left behind.
 */
export interface Takeovers {
	put(takeover: Takeover): void;
	find(appId: string, graphUrl: string): Takeover | undefined;
	remove(appId: string): void;
}

export function takeovers(database: Database, now: () => number): Takeovers {
	return {
		put: ({ appId, graphUrl, callbackUrls, aliveUrl, previous }) => {
			database.run(
				"INSERT OR REPLACE INTO takeovers (app_id, graph_url, callback_urls, alive_url, previous_url, previous_fields, started_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
				[
					appId,
					graphUrl,
					JSON.stringify(callbackUrls),
					aliveUrl,
					previous?.callbackUrl ?? null,
					JSON.stringify(previous?.fields ?? []),
					now(),
				],
			);
		},
		find: (appId, graphUrl) => {
			const [row] = database.all(
				"SELECT * FROM takeovers WHERE app_id = ? AND graph_url = ?",
				[appId, graphUrl],
			);
			return (
				row && {
					appId,
					graphUrl,
					callbackUrls: JSON.parse(String(row.callback_urls)),
					aliveUrl: String(row.alive_url),
					previous:
						row.previous_url === null
							? undefined
							: {
									callbackUrl: String(row.previous_url),
									fields: JSON.parse(String(row.previous_fields)),
								},
				}
			);
		},
		remove: (appId) => {
			database.run("DELETE FROM takeovers WHERE app_id = ?", [appId]);
		},
	};
}
