import { renameSync, rmSync } from "node:fs";
import Libsql from "libsql";
import type { Database, FileRepair, Row, SqlValue } from "../world.ts";
import { isUnwritable, sqliteError } from "./sqlite-error.ts";
import {
	closeToOthers,
	createFile,
	fileIdentity,
	prepareFolder,
	refuseFolder,
	removeLog,
	withFileLock,
} from "./store-file.ts";

type Connection = Libsql.Database;
type Statement = ReturnType<Connection["prepare"]>;
type Connect = (uri: string) => Connection;

/**
 * Opens a SQLite file that several processes may share: write-ahead log, every
 * commit on the disk before it counts, waits up to 5 s for another writer. A
 * file that cannot be written is opened for reading.
 */
export async function openSqlite(path: string): Promise<Database> {
	const connect: Connect = (uri) => new Libsql(uri);
	try {
		return path === ":memory:"
			? database(configured(connect(path)), path)
			: openFile(path, connect);
	} catch (error) {
		throw sqliteError(error, path);
	}
}

function openFile(path: string, connect: Connect): Database {
	try {
		prepareFolder(path);
		refuseFolder(path);
		if (fileIdentity(path).main) return filed(path, connect);
		return withFileLock(path, () => {
			if (!fileIdentity(path).main) createFile(path);
			return filed(path, connect);
		});
	} catch (error) {
		if (!fileIdentity(path).main || !isUnwritable(error)) throw error;
		// Without its log, which cannot be created: rows in the log are not visible.
		const uri = `file:${encodeURI(path).replaceAll("?", "%3f").replaceAll("#", "%23")}?immutable=1`;
		const opened = database(connect(uri), path);
		opened.all("SELECT 1 FROM sqlite_master");
		const { message } = sqliteError(error, path);
		return { ...opened, notices: () => [`${message}; it is opened read-only`] };
	}
}

/** A database that notices when its file is removed or replaced. */
function filed(path: string, connect: Connect): Database {
	let current = database(configured(connect(path)), path);
	const notices = [closeToOthers(path)].filter(
		(notice) => notice !== undefined,
	);
	let identity = fileIdentity(path);
	const isIntact = () => {
		const now = fileIdentity(path);
		return now.main === identity.main && now.log === identity.log;
	};

	const repair: Database["repair"] = (carryOver) => {
		if (isIntact()) return undefined;
		const kind = repairKind(fileIdentity(path).main, identity.main);
		if (kind === "recovered") recoverFile(path, current);
		if (kind === "recreated") {
			removeLog(path);
			createFile(path);
		}
		const next = database(configured(connect(path)), path);
		if (kind === "recreated") carryOver(current, next);
		const previous = current;
		current = next;
		identity = fileIdentity(path);
		previous.close();
		return kind;
	};

	return {
		exec: (sql) => current.exec(sql),
		all: (sql, parameters) => current.all(sql, parameters),
		run: (sql, parameters) => current.run(sql, parameters),
		transaction: (work) => current.transaction(work),
		isIntact,
		repair: (carryOver) => {
			try {
				prepareFolder(path);
				return withFileLock(path, () => repair(carryOver));
			} catch (error) {
				throw sqliteError(error, path);
			}
		},
		notices: () => notices.splice(0),
		close: () => current.close(),
	};
}

function repairKind(now: string, opened: string): FileRepair {
	if (now === opened) return "recovered";
	return now === "" ? "recreated" : "reopened";
}

/**
 * The log or its index was removed alone. This connection has both open still,
 * and can read all that was committed. It goes into a new file: the old one stays
 * tied to an index that other processes cannot see.
 */
function recoverFile(path: string, from: Database): void {
	const copy = `${path}.new`;
	rmSync(copy, { force: true });
	createFile(copy);
	from.run("VACUUM INTO ?", [copy]);
	removeLog(path);
	renameSync(copy, path);
}

function configured(connection: Connection): Connection {
	connection.exec("PRAGMA busy_timeout = 5000");
	connection.exec("PRAGMA journal_mode = WAL");
	connection.exec("PRAGMA synchronous = FULL");
	// Rows are written and deleted together; checking every one again costs a third.
	connection.exec("PRAGMA foreign_keys = OFF");
	// Under load: fewer copies from the log into the file, and frequently used pages cached.
	connection.exec("PRAGMA wal_autocheckpoint = 4000");
	connection.exec("PRAGMA cache_size = -32000");
	// The log and its index are made with the first read.
	connection.exec("SELECT 1 FROM sqlite_master");
	return connection;
}

function database(connection: Connection, path: string): Database {
	const statements = new Map<string, Statement>();
	const prepared = (sql: string) => {
		const statement = statements.get(sql) ?? connection.prepare(sql);
		statements.set(sql, statement);
		return statement;
	};
	const explained = <T>(work: () => T): T => {
		try {
			return work();
		} catch (error) {
			throw sqliteError(error, path);
		}
	};
	return {
		exec: (sql) => explained(() => void connection.exec(sql)),
		// Parameters go in as one array: libsql takes a lone object, a Buffer
		// among them, for named parameters and ends the process.
		all: (sql, parameters = []) =>
			explained(() => (prepared(sql).all(parameters) as Row[]).map(withBytes)),
		run: (sql, parameters = []) =>
			explained(() => Number(prepared(sql).run(parameters).lastInsertRowid)),
		transaction: (work) => {
			explained(() => connection.exec("BEGIN IMMEDIATE"));
			try {
				const result = work();
				explained(() => connection.exec("COMMIT"));
				return result;
			} catch (error) {
				if (connection.inTransaction) connection.exec("ROLLBACK");
				throw error;
			}
		},
		isIntact: () => true,
		repair: () => undefined,
		notices: () => [],
		close: () => {
			emptyLog(connection);
			explained(() => connection.close());
		},
	};
}

/**
 * libsql keeps the file open as long as its statements are remembered, so SQLite
 * never removes its log by itself. Where another process uses the file, the log stays.
 */
function emptyLog(connection: Connection): void {
	try {
		connection.exec("PRAGMA busy_timeout = 0");
		connection.exec("PRAGMA wal_checkpoint(TRUNCATE)");
	} catch {
		// A full disk, or a read-only file: the log stays, and nothing is lost.
	}
}

/** libsql gives a blob as an ArrayBuffer. */
function withBytes(row: Row): Row {
	for (const [column, value] of Object.entries(row))
		if ((value as unknown) instanceof ArrayBuffer)
			row[column] = Buffer.from(value as unknown as ArrayBuffer) as SqlValue;
	return row;
}
