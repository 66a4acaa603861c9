import { IgwhError } from "../igwh-error.ts";
import type { Database, FileRepair } from "../world.ts";
import { migrate } from "./schema.ts";

/**
 * A database whose file may be removed or replaced while it is open. SQLite
 * would go on writing into a file that has no name any more: what is written is
 * looked for at the path before it counts, and is written again where it is not.
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
				// What was committed is among what was recovered.
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
		"the store is removed or replaced again and again",
		"look for a program that cleans its folder, or name another with --home",
	);
}

/** What is gone with a removed file: its deliveries, and all that follows from them. */
const history = new Set([
	"deliveries",
	"changes",
	"forwards",
	"inbox",
	"indexed",
	"lookups",
]);

/**
 * Whoever removes the file removes its history. What running commands have taken
 * on (a callback to restore, an answer under way) is not forgotten with it.
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
