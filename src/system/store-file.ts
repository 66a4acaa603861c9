import {
	chmodSync,
	closeSync,
	mkdirSync,
	openSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** A SQLite file, its write-ahead log and the log's index. */
const parts = ["", "-wal", "-shm"] as const;

/** Which files are at the path now; a part that is missing is empty. */
export interface FileIdentity {
	main: string;
	log: string;
}

/** Fast enough for every commit: three calls of stat. */
export function fileIdentity(path: string): FileIdentity {
	const [main = "", wal, shm] = parts.map((part) => {
		const found = statSync(path + part, { throwIfNoEntry: false });
		return found ? `${found.dev}:${found.ino}` : "";
	});
	return { main, log: `${wal} ${shm}` };
}

/** The store contains messages of other people: its folder is private to its owner, and ignored by git. */
export function prepareFolder(path: string): void {
	const folder = dirname(path);
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	try {
		writeFileSync(join(folder, ".gitignore"), "*\n", { flag: "wx" });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
	}
}

/** @throws where a folder is in place of the file */
export function refuseFolder(path: string): void {
	if (!statOf(path)?.isDirectory()) return;
	throw Object.assign(new Error("it is a directory"), { code: "EISDIR" });
}

/** Makes an empty file for its owner alone; SQLite gives its log the same mode. */
export function createFile(path: string): void {
	closeSync(openSync(path, "wx", 0o600));
}

/** Makes the files private to their owner; returns a note about it, if there is one. */
export function closeToOthers(path: string): string | undefined {
	const open = parts
		.map((part) => path + part)
		.filter((file) => {
			const found = statSync(file, { throwIfNoEntry: false });
			return found !== undefined && (found.mode & 0o077) !== 0;
		});
	if (open.length === 0 || process.platform === "win32") return undefined;
	try {
		for (const file of open) chmodSync(file, 0o600);
		return `${path} could be read by other users of this machine; its mode is 0600 now`;
	} catch {
		return `${path} can be read by other users of this machine: chmod 600 ${path}*`;
	}
}

export function removeLog(path: string): void {
	for (const part of ["-wal", "-shm"]) rmSync(path + part, { force: true });
}

/** How long a process may hold the lock: longer than it takes to copy a large store. */
const staleMs = 30_000;

/**
 * Where several processes find the file removed, one creates it again. The work is
 * synchronous, so an old lock was left by a process that has ended.
 */
export function withFileLock<T>(path: string, work: () => T): T {
	const lock = `${path}.lock`;
	for (;;) {
		try {
			closeSync(openSync(lock, "wx", 0o600));
			break;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
			const age = Date.now() - (statOf(lock)?.mtimeMs ?? Date.now());
			if (age > staleMs) rmSync(lock, { force: true });
			else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
		}
	}
	try {
		return work();
	} finally {
		rmSync(lock, { force: true });
	}
}

function statOf(path: string) {
	return statSync(path, { throwIfNoEntry: false });
}
