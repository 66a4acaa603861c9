/** Every schema a store was ever made with, oldest first, and its version. */
export const oldSchemas: { version: number; sql: string }[] = [
	{
		version: 1,
		sql: `CREATE TABLE deliveries (
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
		delivery_id INTEGER NOT NULL REFERENCES deliveries,
		field TEXT NOT NULL,
		account_id TEXT NOT NULL,
		media_id TEXT NOT NULL,
		comment_id TEXT,
		state TEXT NOT NULL
	);
	CREATE INDEX inbox_by_state ON inbox (state, id);
	CREATE TABLE replies (
		id INTEGER PRIMARY KEY,
		at INTEGER NOT NULL,
		account_id TEXT NOT NULL,
		media_id TEXT,
		comment_id TEXT,
		message TEXT NOT NULL,
		state TEXT NOT NULL,
		reply_id TEXT
	);
	CREATE TABLE listeners (
		url TEXT PRIMARY KEY,
		started_at INTEGER NOT NULL
	);
	PRAGMA user_version = 1;`,
	},
	{
		version: 1,
		sql: `CREATE TABLE deliveries (
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
		delivery_id INTEGER NOT NULL REFERENCES deliveries,
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
	CREATE INDEX inbox_by_delivery ON inbox (delivery_id);
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
	);
	PRAGMA user_version = 1;`,
	},
	{
		version: 2,
		sql: `CREATE TABLE deliveries (
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
		delivery_id INTEGER NOT NULL REFERENCES deliveries,
		field TEXT NOT NULL,
		account_id TEXT NOT NULL,
		media_id TEXT NOT NULL,
		comment_id TEXT,
		state TEXT NOT NULL
	);
	CREATE INDEX inbox_by_state ON inbox (state, id);
	CREATE TABLE replies (
		id INTEGER PRIMARY KEY,
		at INTEGER NOT NULL,
		account_id TEXT NOT NULL,
		media_id TEXT,
		comment_id TEXT,
		message TEXT NOT NULL,
		state TEXT NOT NULL,
		reply_id TEXT
	);
	CREATE TABLE listeners (
		url TEXT PRIMARY KEY,
		started_at INTEGER NOT NULL
	);
ALTER TABLE changes ADD COLUMN duplicate_of INTEGER;
	CREATE INDEX changes_repeated ON changes (delivery_id) WHERE duplicate_of IS NOT NULL;
	CREATE INDEX deliveries_by_time ON deliveries (received_at);
	CREATE INDEX deliveries_invalid ON deliveries (id) WHERE valid = 0;
	CREATE TABLE takeovers (
		app_id TEXT PRIMARY KEY,
		graph_url TEXT NOT NULL,
		callback_urls TEXT NOT NULL,
		alive_url TEXT NOT NULL,
		previous_url TEXT,
		previous_fields TEXT NOT NULL,
		started_at INTEGER NOT NULL
	);
	PRAGMA user_version = 2;`,
	},
	{
		version: 2,
		sql: `CREATE TABLE deliveries (
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
		delivery_id INTEGER NOT NULL REFERENCES deliveries,
		field TEXT NOT NULL,
		account_id TEXT NOT NULL,
		media_id TEXT NOT NULL,
		comment_id TEXT,
		state TEXT NOT NULL
	);
	CREATE INDEX inbox_by_state ON inbox (state, id);
	CREATE TABLE replies (
		id INTEGER PRIMARY KEY,
		at INTEGER NOT NULL,
		account_id TEXT NOT NULL,
		media_id TEXT,
		comment_id TEXT,
		message TEXT NOT NULL,
		state TEXT NOT NULL,
		reply_id TEXT
	);
	CREATE TABLE listeners (
		url TEXT PRIMARY KEY,
		started_at INTEGER NOT NULL
	);
ALTER TABLE changes ADD COLUMN duplicate_of INTEGER;
	CREATE INDEX changes_repeated ON changes (delivery_id) WHERE duplicate_of IS NOT NULL;
	CREATE INDEX deliveries_by_time ON deliveries (received_at);
	CREATE INDEX deliveries_invalid ON deliveries (id) WHERE valid = 0;
	CREATE INDEX inbox_by_delivery ON inbox (delivery_id);
	CREATE TABLE takeovers (
		app_id TEXT PRIMARY KEY,
		graph_url TEXT NOT NULL,
		callback_urls TEXT NOT NULL,
		alive_url TEXT NOT NULL,
		previous_url TEXT,
		previous_fields TEXT NOT NULL,
		started_at INTEGER NOT NULL
	);
	PRAGMA user_version = 2;`,
	},
	{
		version: 1,
		sql: `CREATE TABLE deliveries (
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
	CREATE INDEX inbox_by_delivery ON inbox (delivery_id);
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
	);
	PRAGMA user_version = 1;`,
	},
	{
		version: 1,
		sql: `CREATE TABLE deliveries (
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
	);
	PRAGMA user_version = 1;`,
	},
	{
		version: 2,
		sql: `CREATE TABLE deliveries (
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
	);
ALTER TABLE changes ADD COLUMN duplicate_of INTEGER;
	CREATE INDEX changes_repeated ON changes (delivery_id) WHERE duplicate_of IS NOT NULL;
	CREATE INDEX deliveries_by_time ON deliveries (received_at);
	CREATE INDEX deliveries_invalid ON deliveries (id) WHERE valid = 0;
	CREATE INDEX inbox_by_delivery ON inbox (delivery_id);
	CREATE TABLE takeovers (
		app_id TEXT PRIMARY KEY,
		graph_url TEXT NOT NULL,
		callback_urls TEXT NOT NULL,
		alive_url TEXT NOT NULL,
		previous_url TEXT,
		previous_fields TEXT NOT NULL,
		started_at INTEGER NOT NULL
	);
	PRAGMA user_version = 2;`,
	},
	{
		version: 3,
		sql: `CREATE TABLE deliveries (
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
	);
ALTER TABLE changes ADD COLUMN duplicate_of INTEGER;
	CREATE INDEX changes_repeated ON changes (delivery_id) WHERE duplicate_of IS NOT NULL;
	CREATE INDEX deliveries_by_time ON deliveries (received_at);
	CREATE INDEX deliveries_invalid ON deliveries (id) WHERE valid = 0;
	CREATE INDEX inbox_by_delivery ON inbox (delivery_id);
	CREATE TABLE takeovers (
		app_id TEXT PRIMARY KEY,
		graph_url TEXT NOT NULL,
		callback_urls TEXT NOT NULL,
		alive_url TEXT NOT NULL,
		previous_url TEXT,
		previous_fields TEXT NOT NULL,
		started_at INTEGER NOT NULL
	);
ALTER TABLE deliveries DROP COLUMN object;
	ALTER TABLE deliveries DROP COLUMN problem;
	ALTER TABLE deliveries DROP COLUMN duplicate_of;
	ALTER TABLE changes DROP COLUMN time;
	ALTER TABLE changes DROP COLUMN value;
	CREATE TABLE indexed (up_to INTEGER NOT NULL);
	INSERT INTO indexed SELECT coalesce(max(id), 0) FROM deliveries;
	PRAGMA user_version = 3;`,
	},
];

const third = oldSchemas.at(-1) as { sql: string };
oldSchemas.push({
	version: 4,
	sql: `${third.sql}
	ALTER TABLE indexed ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
	ALTER TABLE deliveries ADD COLUMN whole_bytes INTEGER;
	PRAGMA user_version = 4;`,
});

const fourth = oldSchemas.at(-1) as { sql: string };
oldSchemas.push({
	version: 5,
	sql: `${fourth.sql}
	CREATE TABLE callback_overrides (
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
	DROP TABLE takeovers;
	PRAGMA user_version = 5;`,
});

const fifth = oldSchemas.at(-1) as { sql: string };
oldSchemas.push({
	version: 6,
	sql: `${fifth.sql}
	CREATE INDEX forwards_failed ON forwards (delivery_id) WHERE status NOT BETWEEN 200 AND 299;
	PRAGMA user_version = 6;`,
});
