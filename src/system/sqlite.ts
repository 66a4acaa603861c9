import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type LibsqlDatabase from "libsql";
import { IgwhError } from "../igwh-error.ts";
import type { Database, Row, SqlValue } from "../world.ts";

type Statement = ReturnType<LibsqlDatabase.Database["prepare"]>;

/**
 * Opens a SQLite file that several processes may share: write-ahead log, every
 * commit on the disk before it counts, waits up to 5 s for another writer.
 */
export async function openSqlite(path: string): Promise<Database> {
	try {
		if (path !== ":memory:") await ownFolder(dirname(path));
		const { default: Libsql } = await import("libsql");
		const connection = new Libsql(path);
		connection.exec("PRAGMA busy_timeout = 5000");
		connection.exec("PRAGMA journal_mode = WAL");
		connection.exec("PRAGMA synchronous = FULL");
		return database(connection);
	} catch (error) {
		throw new IgwhError(
			"store",
			`the store ${path} cannot be opened: ${(error as Error).message}`,
			"check the folder's permissions, or name another with --home",
			{ cause: error },
		);
	}
}

function database(connection: LibsqlDatabase.Database): Database {
	const statements = new Map<string, Statement>();
	const prepared = (sql: string) => {
		const statement = statements.get(sql) ?? connection.prepare(sql);
		statements.set(sql, statement);
		return statement;
	};
	return {
		exec: (sql) => told(() => void connection.exec(sql)),
		// Parameters go in as one array: libsql takes a lone object, a Buffer
		// among them, for named parameters and ends the process.
		all: (sql, parameters = []) =>
			told(() => (prepared(sql).all(parameters) as Row[]).map(withBytes)),
		run: (sql, parameters = []) =>
			told(() => Number(prepared(sql).run(parameters).lastInsertRowid)),
		transaction: (work) => {
			told(() => connection.exec("BEGIN IMMEDIATE"));
			try {
				const result = work();
				told(() => connection.exec("COMMIT"));
				return result;
			} catch (error) {
				if (connection.inTransaction) connection.exec("ROLLBACK");
				throw error;
			}
		},
		close: () => told(() => void connection.close()),
	};
}

/** Disk full, locked, damaged: whatever the file refuses is told as the store's failure. */
function told<T>(work: () => T): T {
	try {
		return work();
	} catch (error) {
		throw new IgwhError(
			"store",
			`the store refused: ${(error as Error).message}`,
			"check the disk's free space and whether another program holds the file, or name another store with --home",
			{ cause: error },
		);
	}
}

/** libsql gives a blob as an ArrayBuffer. */
function withBytes(row: Row): Row {
	for (const [column, value] of Object.entries(row))
		if ((value as unknown) instanceof ArrayBuffer)
			row[column] = Buffer.from(value as unknown as ArrayBuffer) as SqlValue;
	return row;
}

/** The store holds strangers' words: its folder is its owner's, and stays out of git. */
async function ownFolder(folder: string): Promise<void> {
	await mkdir(folder, { recursive: true, mode: 0o700 });
	await writeFile(join(folder, ".gitignore"), "*\n", { flag: "wx" }).catch(
		(error: NodeJS.ErrnoException) => {
			if (error.code !== "EEXIST") throw error;
		},
	);
}
