import type {
	Handler,
	HttpRequest,
	HttpResponse,
	ServedResponse,
} from "./http.ts";
import { IgwhError } from "./igwh-error.ts";

/**
 * Everything outside the process that igwh touches. `src/system/` is the real
 * one, `test/support/memory-world.ts` its twin for tests; nothing else reads a
 * clock, a socket, a file or a terminal.
 */
export interface World {
	env: Readonly<Record<string, string | undefined>>;
	clock: Clock;
	/** Unpredictable bytes. */
	randomBytes(count: number): Uint8Array;
	network: Network;
	files: Files;
	terminal: Terminal;
	prompts: Prompts;
	keyboard: Keyboard;
	processes: Processes;
	/** Aborted by the first Ctrl-C, and by whatever else ends the run. */
	interrupt: AbortSignal;
	/** Opens a SQLite file, made with its folder where missing. */
	openDatabase(path: string): Promise<Database>;
}

export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** Milliseconds, with fractions, that never go back. */
	elapsed(): number;
	/** Resolves after that many milliseconds, or at once when aborted. */
	sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export interface OutgoingRequest extends Omit<HttpRequest, "target"> {
	url: string;
	timeoutMs: number;
	/** Takes that long over sending the body, piece by piece. */
	bodyMs?: number;
	/** Ends the request early, as a time-out would. */
	signal?: AbortSignal;
	/** Takes any certificate, for a server of the user's own. */
	insecure?: boolean;
}

export interface Network {
	/**
	 * One HTTP exchange with exactly these headers and bytes: no redirects, no
	 * retries.
	 * @throws UnreachableError
	 */
	send(request: OutgoingRequest): Promise<HttpResponse>;
	/**
	 * An HTTP exchange with an API: methods that may be repeated are, after a
	 * network failure or an answer that says "later".
	 * @throws UnreachableError
	 */
	call(request: OutgoingRequest): Promise<HttpResponse>;
	/**
	 * Serves a handler on 127.0.0.1; port 0 takes a free one.
	 * @throws IgwhError when the port is taken
	 */
	serve(
		handler: Handler<ServedResponse>,
		options: ServeOptions,
	): Promise<Listening>;
	/** @throws IgwhError when no URL comes in time */
	openTunnel(options: TunnelOptions): Promise<Tunnel>;
}

export interface ServeOptions {
	port: number;
	/** A longer body is refused with 413 before the handler sees it. */
	maxBodyBytes: number;
	/** How it is refused; in a sentence where left out. */
	tooLarge?: HttpResponse;
}

export interface Listening {
	/** e.g. `http://127.0.0.1:7300`, without a slash at the end. */
	url: string;
	port: number;
	close(): Promise<void>;
}

export interface TunnelOptions {
	port: number;
	/** The localtunnel server, e.g. `https://localtunnel.me`. */
	host: string;
	subdomain?: string;
	timeoutMs: number;
}

export interface Tunnel {
	/** The public address, without a slash at the end. */
	url: string;
	/**
	 * Where a request that carries the URL's Host enters the tunnel: the URL
	 * itself, or its server on this machine, whose names no DNS knows.
	 */
	entry: string;
	/** Settles when the tunnel is gone, with the reason. */
	lost: Promise<string>;
	close(): void;
}

/** No HTTP answer came. */
export class UnreachableError extends IgwhError {
	constructor(
		/**
		 * `refused`: nobody listens; `timeout`: no answer in time; `certificate`:
		 * it is not trusted; `failed`: anything else.
		 */
		readonly kind: "refused" | "timeout" | "certificate" | "failed",
		message: string,
		hint = "check the address and the network",
	) {
		super("network", message, hint);
	}
}

export interface Files {
	/** The package's own fixtures. */
	fixturesFolder: string;
	/** A file's text; nothing where there is no such file. */
	read(path: string): Promise<string | undefined>;
	/** A file's bytes; nothing where there is no such file. */
	readBytes(path: string): Promise<Uint8Array | undefined>;
	/** May other users of this machine read a file? False where that is not known. */
	isReadableByOthers(path: string): Promise<boolean>;
	/** The path of a file or folder without links; nothing where there is none. */
	realPath(path: string): Promise<string | undefined>;
	/**
	 * Writes a whole file in one step, readable by its owner only: whatever
	 * happens, the old file or the new one is there. A link keeps its target.
	 */
	replace(path: string, bytes: Uint8Array): Promise<void>;
	/** Adds a text to the end of a file, which is made where missing. */
	append(path: string, text: string): Promise<void>;
	/** Writes a whole file, readable by its owner only, with the folders it needs. */
	write(path: string, text: string): Promise<void>;
	/** The paths of a folder's entries, sorted; nothing where it is not a folder. */
	list(path: string): Promise<string[] | undefined>;
	remove(path: string): Promise<void>;
	/** A new folder that nobody else uses. */
	makeTemporaryFolder(): Promise<string>;
	readStdin(): Promise<Uint8Array>;
}

export interface Terminal {
	/** Someone can answer a prompt. */
	interactive: boolean;
	/** Stdout is a terminal that shows colours. */
	colours: boolean;
	/** How wide stdout is; without end where it is no terminal. */
	columns: number;
	/**
	 * A line of results, to stdout; resolves when it may take more.
	 * @throws OutputClosedError
	 */
	print(line: string): Promise<void>;
	/** A note for the person, to stderr: a line, and below it what to do. Never throws. */
	note(text: string): void;
	/**
	 * How far a long run is: stands on the last line of a stderr that is a
	 * terminal until the next line comes; nowhere else. Empty text takes it away.
	 */
	progress(text: string): void;
	/**
	 * Resolves when everything written has left the process.
	 * @throws OutputClosedError
	 */
	flush(): Promise<void>;
}

/** Stdout takes nothing more. */
export class OutputClosedError extends Error {
	override readonly name = "OutputClosedError";

	constructor(
		/**
		 * `reader`: the program that reads it has ended; `terminal`: the terminal
		 * was closed; `failed`: it could not be written, as on a full disk.
		 */
		readonly kind: "reader" | "terminal" | "failed",
		message: string,
	) {
		super(message);
	}
}

export interface Choice<T> {
	name: string;
	value: T;
	/** A command of the list itself: it stays whatever is typed to filter the list, and is not counted. */
	always?: boolean;
}

/** What a question is about, shown above it. */
export interface Panel {
	/** Lines that stay in view: who wrote it, where. */
	head: readonly string[];
	/** The text, line by line; one that does not fit is shown in a window that scrolls. */
	text: readonly string[];
}

export interface InputOptions {
	/** The text to begin with, to be changed. */
	initial?: string;
	panel?: Panel;
	/** Shown before what is typed, as it is typed. */
	measure?(text: string): string;
	/** Gets what is typed, as it is typed. */
	changed?(text: string): void;
	/** What is wrong with what was typed, if anything. */
	problem?(text: string): string | undefined;
}

/** Questions to the person at the terminal; Ctrl-C throws an interrupted IgwhError. */
export interface Prompts {
	select<T>(message: string, choices: Choice<T>[], panel?: Panel): Promise<T>;
	/** A list that what is typed filters; asks for its choices whenever the filter changes. */
	search<T>(message: string, choices: () => Promise<Choice<T>[]>): Promise<T>;
	input(message: string, options?: InputOptions): Promise<string>;
	/** Yes or no; no unless the person says yes. */
	confirm(message: string): Promise<boolean>;
	/** Shows nothing of what is typed. */
	secret(message: string): Promise<string>;
}

/** Single keys, while no prompt asks. */
export interface Keyboard {
	/**
	 * Reads keys, without showing what is typed, until the returned function is
	 * called: letters as typed, and `up`, `down` and `escape`. Ctrl-C interrupts
	 * as ever. Nothing where no terminal can be read.
	 */
	read(press: (key: string) => void): Promise<(() => void) | undefined>;
}

/** Other programs. */
export interface Processes {
	/** Runs a command line in the shell, writes to it, and reads what it writes; its end ends what it started. */
	run(commandLine: string, options: RunOptions): Promise<Finished>;
	/**
	 * Runs a command line in the shell and waits for its end; nothing else happens
	 * meanwhile. It may use the terminal, as password managers do, but not stdin.
	 */
	capture(commandLine: string, timeoutMs: number): Finished;
	/**
	 * Gives the terminal to the person's editor until they are done with a file.
	 * @throws IgwhError `input` where it cannot be started, or fails
	 */
	edit(editor: string, path: string): Promise<void>;
	/** Shows a web page in the person's browser; false where there is none. */
	openPage(url: string): Promise<boolean>;
}

export interface RunOptions {
	/** What it reads from stdin. */
	input: string;
	/** It is ended after this time, with everything it started. */
	timeoutMs: number;
	/** Ends it early. */
	signal?: AbortSignal;
}

export interface Finished {
	/** The exit code; 128 and more where a signal ended it. */
	code: number;
	timedOut: boolean;
	stdout: string;
	stderr: string;
	/** Why its stdout cannot be used: it is too long, or not text. */
	problem?: string;
}

export type SqlValue = string | number | null | Uint8Array;
export type Row = Record<string, SqlValue>;

/** Every operation throws an IgwhError `store` where the file does not let it. */
export interface Database {
	exec(sql: string): void;
	all(sql: string, parameters?: SqlValue[]): Row[];
	/** Returns the row id of an insert. */
	run(sql: string, parameters?: SqlValue[]): number;
	/** All or nothing; takes the write lock at once. */
	transaction<T>(work: () => T): T;
	/** Is the open file, with its log, still the one at the path? Cheap enough for every commit. */
	isIntact(): boolean;
	/**
	 * Opens what is at the path by now, or makes it anew; nothing where it is intact.
	 * @param carryOver copies into a new file what is still needed of the removed one
	 */
	repair(
		carryOver: (from: Database, to: Database) => void,
	): FileRepair | undefined;
	/** What the user should know about the file; each is returned once. */
	notices(): string[];
	close(): void;
}

/** The store can be read, but not written: its disk is full, or it may not be. */
export class UnwritableError extends IgwhError {
	constructor(message: string, hint: string, options?: { cause?: unknown }) {
		super("store", message, hint, options);
	}
}

/**
 * `recreated`: it was removed, and is made anew. `reopened`: another file was in
 * its place. `recovered`: its log was removed, and nothing is lost.
 */
export type FileRepair = "recreated" | "reopened" | "recovered";
