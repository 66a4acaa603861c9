import { IgwhError } from "../igwh-error.ts";
import type { Database } from "../world.ts";

/** Each step migrates the store by one version; steps are only added, never changed. */
const steps = [
	`CREATE TABLE deliveries (
		id INTEGER PRIMARY KEY,
		received_at INTEGER NOT NULL,
		target TEXT NOT NULL,
		headers TEXT NOT NULL,
		body BLOB NOT NULL,
		object TEXT NOT NULL,
		problem TEXT,
		valid INTEGER NOT NULL,
		algorithm TEXT,
		secret TEXT,
		reason TEXT,
		duplicate_of INTEGER
	);
	CREATE TABLE changes (
		delivery_id INTEGER NOT NULL REFERENCES deliveries,
		position INTEGER NOT NULL,
		account_id TEXT NOT NULL,
		field TEXT NOT NULL,
		time INTEGER NOT NULL,
		value TEXT NOT NULL,
		duplicate_key TEXT,
		PRIMARY KEY (delivery_id, position)
	) WITHOUT ROWID;
	CREATE INDEX changes_by_key ON changes (duplicate_key, delivery_id) WHERE duplicate_key IS NOT NULL;
	CREATE INDEX changes_by_field ON changes (field, delivery_id);
	CREATE INDEX changes_by_account ON changes (account_id, delivery_id);
	CREATE TABLE forwards (
		id INTEGER PRIMARY KEY,
		delivery_id INTEGER NOT NULL REFERENCES deliveries,
		url TEXT NOT NULL,
		status INTEGER NOT NULL,
		ms INTEGER NOT NULL,
		hint TEXT
	);
	CREATE INDEX forwards_by_delivery ON forwards (delivery_id);
	CREATE TABLE inbox (
		id INTEGER PRIMARY KEY,
		duplicate_key TEXT NOT NULL UNIQUE,
		delivery_id INTEGER NOT NULL,
		received_at INTEGER NOT NULL,
		field TEXT NOT NULL,
		account_id TEXT NOT NULL,
		media_id TEXT NOT NULL,
		comment_id TEXT,
		value TEXT NOT NULL,
		state TEXT NOT NULL,
		reason TEXT
	);
	CREATE INDEX inbox_by_state ON inbox (state, id);
	CREATE INDEX inbox_by_target ON inbox (coalesce(comment_id, media_id), account_id);
	CREATE TABLE replies (
		id INTEGER PRIMARY KEY,
		at INTEGER NOT NULL,
		tried_at INTEGER NOT NULL,
		field TEXT NOT NULL,
		account_id TEXT NOT NULL,
		media_id TEXT NOT NULL,
		comment_id TEXT,
		message TEXT NOT NULL,
		state TEXT NOT NULL,
		reply_id TEXT,
		reason TEXT
	);
	CREATE INDEX replies_by_target ON replies (coalesce(comment_id, media_id), account_id);
	CREATE UNIQUE INDEX replies_open ON replies (coalesce(comment_id, media_id), account_id)
		WHERE state IN ('sending', 'unknown');
	CREATE TABLE lookups (
		key TEXT PRIMARY KEY,
		at INTEGER NOT NULL,
		answer TEXT NOT NULL
	) WITHOUT ROWID;
	CREATE TABLE listeners (
		url TEXT PRIMARY KEY,
		started_at INTEGER NOT NULL
	);`,
	// Indexes for each query of the history, so that it stays fast with a million deliveries.
	`ALTER TABLE changes ADD COLUMN duplicate_of INTEGER;
	CREATE INDEX changes_repeated ON changes (delivery_id) WHERE duplicate_of IS NOT NULL;
	CREATE INDEX deliveries_by_time ON deliveries (received_at);
	CREATE INDEX deliveries_invalid ON deliveries (id) WHERE valid = 0;
	CREATE INDEX IF NOT EXISTS inbox_by_delivery ON inbox (delivery_id);
	CREATE TABLE takeovers (
		app_id TEXT PRIMARY KEY,
		graph_url TEXT NOT NULL,
		callback_urls TEXT NOT NULL,
		alive_url TEXT NOT NULL,
		previous_url TEXT,
		previous_fields TEXT NOT NULL,
		started_at INTEGER NOT NULL
	);`,
	// Deliveries are a log; what can be derived from their bytes is not stored.
	`ALTER TABLE deliveries DROP COLUMN object;
	ALTER TABLE deliveries DROP COLUMN problem;
	ALTER TABLE deliveries DROP COLUMN duplicate_of;
	ALTER TABLE changes DROP COLUMN time;
	ALTER TABLE changes DROP COLUMN value;
	CREATE TABLE indexed (up_to INTEGER NOT NULL);
	INSERT INTO indexed SELECT coalesce(max(id), 0) FROM deliveries;`,
	// The first stores recorded duplicates of whole deliveries only: now each change has its own.
	`UPDATE changes SET duplicate_of = (
		SELECT min(earlier.delivery_id) FROM changes earlier
		WHERE earlier.duplicate_key = changes.duplicate_key
			AND (earlier.delivery_id, earlier.position) < (changes.delivery_id, changes.position)
	) WHERE duplicate_key IS NOT NULL AND duplicate_of IS NULL;
	ALTER TABLE indexed ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
	ALTER TABLE deliveries ADD COLUMN whole_bytes INTEGER;`,
	// One override per Graph API, with everything it replaced; revisions let one process write at a time.
	`CREATE TABLE callback_overrides (
		app_id TEXT NOT NULL,
		graph_url TEXT NOT NULL,
		owner TEXT NOT NULL,
		callback_urls TEXT NOT NULL,
		foreign_listeners TEXT NOT NULL,
		replaced TEXT NOT NULL,
		revision INTEGER NOT NULL,
		started_at INTEGER NOT NULL,
		PRIMARY KEY (app_id, graph_url)
	);
	INSERT INTO callback_overrides
		SELECT app_id, graph_url, alive_url, callback_urls, '[]',
			CASE WHEN previous_url IS NULL THEN '[null]' ELSE json_array(json_object(
				'callbackUrl', previous_url, 'fields', json(previous_fields),
				'active', json('true'), 'listener', json('false'))) END,
			1, started_at
		FROM takeovers;
	DROP TABLE takeovers;`,
	// Finds the failures among a million accepted deliveries.
	`CREATE INDEX forwards_failed ON forwards (delivery_id) WHERE status NOT BETWEEN 200 AND 299;`,
	// Why an app did not answer: an app may also answer with the same status.
	`ALTER TABLE forwards ADD COLUMN problem TEXT;`,
];

/** @throws IgwhError `store` where a newer igwh wrote the file */
export function migrate(database: Database): void {
	if (version(database) === steps.length) return;
	if (version(database) > steps.length)
		throw new IgwhError(
			"store",
			"the store was written by a newer igwh",
			"update igwh, or name another store with --home",
		);
	database.transaction(() => {
		completeEarlyTables(database);
		for (const step of steps.slice(version(database))) database.exec(step);
		database.exec(`PRAGMA user_version = ${steps.length}`);
	});
}

/**
 * Before the first release the first step was changed in place: stores made then
 * may lack tables and columns that no later step adds.
 */
function completeEarlyTables(database: Database): void {
	const columns = database
		.all("SELECT name FROM pragma_table_info('inbox')")
		.map(({ name }) => name);
	if (columns.length === 0 || columns.includes("received_at")) return;
	database.exec(`
		ALTER TABLE inbox RENAME TO early_inbox;
		ALTER TABLE replies RENAME TO early_replies;
		DROP INDEX IF EXISTS inbox_by_state;
		DROP INDEX IF EXISTS inbox_by_delivery;
		CREATE TABLE inbox (
			id INTEGER PRIMARY KEY,
			duplicate_key TEXT NOT NULL UNIQUE,
			delivery_id INTEGER NOT NULL,
			received_at INTEGER NOT NULL,
			field TEXT NOT NULL,
			account_id TEXT NOT NULL,
			media_id TEXT NOT NULL,
			comment_id TEXT,
			value TEXT NOT NULL,
			state TEXT NOT NULL,
			reason TEXT
		);
		CREATE INDEX inbox_by_state ON inbox (state, id);
		CREATE INDEX inbox_by_target ON inbox (coalesce(comment_id, media_id), account_id);
		INSERT INTO inbox
			SELECT early.id, early.duplicate_key, early.delivery_id, received_at, early.field,
				early.account_id, media_id, comment_id, coalesce(value, 'null'), state, NULL
			FROM early_inbox early JOIN deliveries ON deliveries.id = early.delivery_id
			LEFT JOIN changes ON changes.delivery_id = early.delivery_id
				AND changes.duplicate_key = early.duplicate_key
			GROUP BY early.id;
		CREATE TABLE replies (
			id INTEGER PRIMARY KEY,
			at INTEGER NOT NULL,
			tried_at INTEGER NOT NULL,
			field TEXT NOT NULL,
			account_id TEXT NOT NULL,
			media_id TEXT NOT NULL,
			comment_id TEXT,
			message TEXT NOT NULL,
			state TEXT NOT NULL,
			reply_id TEXT,
			reason TEXT
		);
		CREATE INDEX replies_by_target ON replies (coalesce(comment_id, media_id), account_id);
		CREATE UNIQUE INDEX replies_open ON replies (coalesce(comment_id, media_id), account_id)
			WHERE state IN ('sending', 'unknown');
		INSERT OR IGNORE INTO replies
			SELECT id, at, at, 'mentions', account_id, coalesce(media_id, ''), comment_id,
				message, state, reply_id, NULL
			FROM early_replies;
		CREATE TABLE IF NOT EXISTS lookups (
			key TEXT PRIMARY KEY,
			at INTEGER NOT NULL,
			answer TEXT NOT NULL
		) WITHOUT ROWID;
		DROP TABLE early_inbox;
		DROP TABLE early_replies;
	`);
	if (version(database) >= 2)
		database.exec("CREATE INDEX inbox_by_delivery ON inbox (delivery_id)");
}

function version(database: Database): number {
	return Number(database.all("PRAGMA user_version")[0]?.user_version);
}
