import { IgwhError } from "../igwh-error.ts";

/** Disk full, locked, damaged: every refusal of the file, with what to do about it. */
export function sqliteError(error: unknown, path: string): IgwhError {
	if (error instanceof IgwhError) return error;
	const { code = "", message } = error as NodeJS.ErrnoException;
	const { problem, hint } = advice(code, path, message);
	return new IgwhError("store", problem, hint, { cause: error });
}

/** Does an error say that the file can be read, but not written? */
export function isUnwritable(error: unknown): boolean {
	const { code = "" } = error as NodeJS.ErrnoException;
	return (
		/^SQLITE_(READONLY|CANTOPEN|IOERR|FULL|AUTH|PERM)/.test(code) ||
		["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "EFBIG"].includes(code)
	);
}

function advice(code: string, path: string, message: string) {
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
