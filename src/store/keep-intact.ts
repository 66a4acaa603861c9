import { IgwhError } from "../igwh-error.ts";
import type { Database, FileRepair } from "../world.ts";
import { migrate } from "./schema.ts";

/**
 * A database whose file may be removed or replaced while it is open. SQLite
 * would continue to write into the removed file: after each write the file at the
 * path is checked, and if it is a different file the write is repeated.
 */
export function keepIntact(
	database: Database,
	onRepair: (kind: FileRepair) => void,
): Database {
	let inTransaction = false;
	const repaired = (): FileRepair | undefined => {
		if (inTransaction || database.isIntact()) return undefined;
		const kind = database.repair(carryOver);
		migrate(database);
		if (kind) onRepair(kind);
		return kind;
	};
	const written = <T>(write: () => T): T => {
		for (let left = 3; ; left--) {
			try {
				const result = write();
				const kind = repaired();
				// The commit is part of what was recovered.
				if (kind === undefined || kind === "recovered") return result;
			} catch (error) {
				if (!repaired()) throw error;
			}
			if (left === 0) throw removedAgain();
		}
	};
	return {
		...database,
		all: (sql, parameters) => {
			repaired();
			return database.all(sql, parameters);
		},
		run: (sql, parameters) =>
			inTransaction
				? database.run(sql, parameters)
				: written(() => database.run(sql, parameters)),
		transaction: (work) =>
			written(() => {
				inTransaction = true;
				try {
					return database.transaction(work);
				} finally {
					inTransaction = false;
				}
			}),
	};
}

function removedAgain(): IgwhError {
	return new IgwhError(
		"store",
		"the store is removed or replaced repeatedly",
		"find the program that cleans its folder, or use another folder with --home",
	);
}

/** What is lost with a removed file: its deliveries, and what is derived from them. */
const history = new Set([
	"deliveries",
	"changes",
	"forwards",
	"inbox",
	"indexed",
	"lookups",
]);

/**
 * Removing the file removes its history. What running commands must finish (a
 * callback to restore, an answer under way) is copied to the new file.
 */
function carryOver(from: Database, to: Database): void {
	migrate(to);
	const tables = from
		.all("SELECT name FROM sqlite_master WHERE type = 'table'")
		.map(({ name }) => String(name))
		.filter((name) => !history.has(name) && !name.startsWith("sqlite_"));
	to.transaction(() => {
		for (const table of tables)
			for (const row of from.all(`SELECT * FROM ${table}`)) {
				const columns = Object.keys(row);
				to.run(
					`INSERT OR IGNORE INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
					Object.values(row),
				);
			}
	});
}
