import type { AppSubscription } from "../graph/subscriptions.ts";
import type { Database, Row } from "../world.ts";

/** What an override replaced; `null` where the app had no subscription. */
export type Replaced =
	| (AppSubscription & {
			/** An igwh listener answered there when it was replaced. */
			listener: boolean;
	  })
	| null;

/** An app's callback that listeners of this store have overridden, and what to restore. */
export interface Override {
	appId: string;
	/** The Graph API that holds the callback. */
	graphUrl: string;
	/** The health URL of the listener that holds it; answers as long as the listener runs. */
	owner: string;
	/** Every callback URL these listeners have set, or may have set. */
	callbackUrls: readonly string[];
	/** Callback URLs of other stores' listeners that replaced these. */
	foreignListeners: readonly string[];
	/** What was replaced, newest last. A listener follows the callback that it replaced. */
	replaced: readonly Replaced[];
	/** Counts the writes: a write must follow a read of the latest revision. */
	revision: number;
}

/**
 * Written before the callback is changed and removed once it is restored, so
 * that a later start can repair what a crash left.
 */
export interface Overrides {
	find(appId: string, graphUrl: string): Override | undefined;
	/**
	 * Replaces a record, unless another process has changed it since it was read.
	 * @returns what is stored; `"changed"` where another process wrote in between
	 */
	write(
		before: Override | undefined,
		after: Omit<Override, "revision">,
	): Override | "changed";
	/** @returns false where another process wrote in between */
	remove(before: Override): boolean;
}

export function overrides(database: Database, now: () => number): Overrides {
	const rowOf = (appId: string, graphUrl: string): Row | undefined =>
		database
			.all("SELECT rowid, * FROM callback_overrides WHERE app_id = ?", [appId])
			.find((row) => sameApi(String(row.graph_url)) === sameApi(graphUrl));

	/** Deletes the row, unless another process has changed it since it was read. */
	const clear = (before: Override | undefined, key: Key): boolean => {
		const row = rowOf(key.appId, key.graphUrl);
		if (row?.revision !== before?.revision || row?.owner !== before?.owner)
			return false;
		if (row)
			database.run("DELETE FROM callback_overrides WHERE rowid = ?", [
				row.rowid ?? null,
			]);
		return true;
	};

	return {
		find: (appId, graphUrl) => {
			const row = rowOf(appId, graphUrl);
			return row && overrideOf(row);
		},
		write: (before, after) =>
			database.transaction(() => {
				if (!clear(before, after)) return "changed";
				const revision = (before?.revision ?? 0) + 1;
				database.run(
					"INSERT INTO callback_overrides (app_id, graph_url, owner, callback_urls, foreign_listeners, replaced, revision, started_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
					[
						after.appId,
						after.graphUrl,
						after.owner,
						JSON.stringify(after.callbackUrls),
						JSON.stringify(after.foreignListeners),
						JSON.stringify(after.replaced),
						revision,
						now(),
					],
				);
				return { ...after, revision };
			}),
		remove: (before) => database.transaction(() => clear(before, before)),
	};
}

type Key = Pick<Override, "appId" | "graphUrl">;

function overrideOf(row: Row): Override {
	return {
		appId: String(row.app_id),
		graphUrl: String(row.graph_url),
		owner: String(row.owner),
		callbackUrls: JSON.parse(String(row.callback_urls)),
		foreignListeners: JSON.parse(String(row.foreign_listeners)),
		replaced: JSON.parse(String(row.replaced)),
		revision: Number(row.revision),
	};
}

/** Normalizes an address: case, default port, trailing slashes, names of this machine. */
function sameApi(graphUrl: string): string {
	if (!URL.canParse(graphUrl)) return graphUrl;
	const { protocol, hostname, port, pathname } = new URL(graphUrl);
	const host = hostname.replace(/\.$/, "");
	const machine = /^(localhost|\[::1\])$/.test(host) ? "127.0.0.1" : host;
	return `${protocol}//${machine}:${port}${pathname.replace(/\/+$/, "")}`;
}
