import { IgwhError } from "../igwh-error.ts";
import { UnwritableError } from "../world.ts";

/** Disk full, locked, damaged: every refusal of the file, with what to do about it. */
export function sqliteError(error: unknown, path: string): IgwhError {
	if (error instanceof IgwhError) return error;
	const message = messageOf(error);
	const { problem, hint } = advice(codeOf(error), path, message);
	return isUnwritable(error)
		? new UnwritableError(problem, hint, { cause: error })
		: new IgwhError("store", problem, hint, { cause: error });
}

/** Does the error mean that the file can be read, but not written? */
export function isUnwritable(error: unknown): boolean {
	const code = codeOf(error);
	return (
		/^SQLITE_(READONLY|CANTOPEN|IOERR_(WRITE|FSYNC|SHM)|FULL|AUTH|PERM)/.test(
			code,
		) ||
		["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "EFBIG"].includes(code)
	);
}

/** The names of SQLite's primary codes: libsql does not name all the extended ones. */
const primary: Record<number, string> = {
	5: "SQLITE_BUSY",
	6: "SQLITE_LOCKED",
	8: "SQLITE_READONLY",
	11: "SQLITE_CORRUPT",
	13: "SQLITE_FULL",
	14: "SQLITE_CANTOPEN",
	26: "SQLITE_NOTADB",
};

/** What libsql says where it cannot open the file: it names the code in the text alone. */
const connectionFailed = /^ConnectionFailed\("(.*?) \S*: (\d+)"\)$/s;

function messageOf(error: unknown): string {
	const { message } = error as Error;
	return connectionFailed.exec(message)?.[1] ?? message;
}

function codeOf(error: unknown): string {
	const {
		message,
		code = "",
		rawCode = 0,
	} = error as NodeJS.ErrnoException & {
		rawCode?: number;
	};
	const failed = connectionFailed.exec(message)?.[2];
	if (failed) return primary[Number(failed) & 0xff] ?? code;
	return code.startsWith("UNKNOWN_SQLITE")
		? (primary[rawCode & 0xff] ?? code)
		: code;
}

function advice(code: string, path: string, message: string) {
	if (code === "EISDIR")
		return {
			problem: `the store ${path} is a folder, not a file`,
			hint: `move it away, and igwh makes a new store: mv ${path} ${path}.folder; or name another store with --home`,
		};
	if (/^SQLITE_(CORRUPT|NOTADB)/.test(code))
		return {
			problem: `the store ${path} is damaged: ${message}`,
			hint: `move it away, with its -wal and -shm, and igwh makes a new one: mv ${path} ${path}.damaged; what can be saved of it: sqlite3 ${path}.damaged .recover`,
		};
	if (
		/^SQLITE_(FULL|IOERR_WRITE|IOERR_SHMSIZE|IOERR_FSYNC)|^(ENOSPC|EDQUOT|EFBIG)$/.test(
			code,
		)
	)
		return {
			problem: `the store ${path} cannot be written: ${message}`,
			hint: "free space on its disk, or name another store with --home",
		};
	if (
		/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)|^(EACCES|EPERM|EROFS|ENOTDIR)$/.test(
			code,
		)
	)
		return {
			problem: `the store ${path} cannot be opened: ${message}`,
			hint: "check the permissions of the folder and the file, or name another store with --home",
		};
	if (/^SQLITE_(BUSY|LOCKED)/.test(code))
		return {
			problem: `the store ${path} is locked by another program: ${message}`,
			hint: "try again once that program has ended, or name another store with --home",
		};
	return {
		problem: `the store ${path} failed: ${message}`,
		hint: "check the disk's free space and the file, or name another store with --home",
	};
}
