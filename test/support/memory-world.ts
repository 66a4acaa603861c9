import { createHash } from "node:crypto";
import { setMaxListeners } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { commands } from "../../src/commands/commands.ts";
import { IgwhError } from "../../src/igwh-error.ts";
import { main } from "../../src/main.ts";
import { openSqlite } from "../../src/system/sqlite.ts";
import type {
	Choice,
	Clock,
	Database,
	Finished,
	Panel,
	Prompts,
	World,
} from "../../src/world.ts";
import { createMemoryClock } from "./memory-clock.ts";
import { createMemoryNetwork } from "./memory-network.ts";
import { createStdout, type Stdout } from "./memory-stdout.ts";

// Loaded before any clock runs: reading modules takes real time.
(await openSqlite(":memory:")).close();
for (const { run, view } of commands) await Promise.all([run(), view()]);

/** When every test begins. */
export const startedAt = Date.UTC(2026, 10, 21, 9, 30);

const fixturesFolder = join(import.meta.dirname, "../../fixtures");

/** What a person answers: the label of a choice, a text, a yes. */
export type Answer = string | boolean;

export interface Person {
	/** Sits at a terminal, and answers prompts in this order; Ctrl-C when they run out. */
	answers?: Answer[];
	stdin?: string;
	/** What their editor makes of a text. */
	editor?: (text: string) => string;
	/** Their programs, by command line: what they answer to what they read; one that never settles hangs. */
	programs?: Record<
		string,
		(input: string) => Partial<Finished> | Promise<Partial<Finished>>
	>;
	/** How wide their terminal is; 120 where left out. */
	columns?: number;
	/** The reader of stdout takes that many lines, then no more: it blocks. */
	readsLines?: number;
}

/** Everything a command leaves behind. */
export interface Outcome {
	code: number;
	out: string;
	err: string;
	/** The records of `--json`. */
	records: Record<string, unknown>[];
	/** What the prompts showed. */
	asked: string[];
	/** What stood on the progress line, one after the other. */
	progress: string[];
}

/** A machine in memory on which several commands run, at once or one after the other. */
export function createMachine(env: Record<string, string> = {}) {
	const clock = createMemoryClock(startedAt);
	const { network, open, ...surroundings } = createMemoryNetwork(clock);
	const databases = new Map<string, Promise<Database>>();
	const files = new Map<string, string>();
	/** The web pages that were opened. */
	const opened: string[] = [];
	let drawn = 0;

	/** The world as one command sees it. */
	function world(
		person: Person = {},
		interrupt: AbortSignal = new AbortController().signal,
		told: Told = nothingTold(person),
	): World {
		setMaxListeners(0, interrupt);
		return {
			env,
			clock,
			randomBytes: (count) =>
				createHash("shake256", { outputLength: count })
					.update(`igwh ${drawn++}`)
					.digest(),
			network,
			files: memoryFiles(files, person.stdin),
			terminal: {
				interactive: person.answers !== undefined,
				colours: false,
				columns: person.columns ?? 120,
				print: (line) => {
					clock.touch();
					return told.stdout.print(line);
				},
				note: (line) => {
					told.err.push(line);
				},
				progress: (text) => {
					if (text) told.progress.push(text);
				},
				flush: async () => {},
			},
			prompts: scriptedPrompts(person.answers ?? [], told.asked),
			keyboard: {
				read: async (press) => {
					if (person.answers === undefined) return undefined;
					const keyboard = {};
					open.set(keyboard, "keyboard");
					told.press = press;
					return () => {
						told.press = undefined;
						open.delete(keyboard);
					};
				},
			},
			processes: memoryProcesses(person, { clock, files, opened }),
			interrupt,
			openDatabase: async (path) => {
				const database = databases.get(path) ?? openSqlite(":memory:");
				databases.set(path, database);
				return connect(await database, path, open);
			},
		};
	}

	/** Starts a command that runs until it is stopped, and waits for its first line: it is ready. */
	async function start(
		commandLine: string,
		person: Person = {},
		change: (world: World) => World = (world) => world,
	) {
		const interruption = new AbortController();
		const told = nothingTold(person);
		const ended = main(
			words(commandLine),
			change(world(person, interruption.signal, told)),
		).then((code) => outcome(code, told));
		let over = false;
		void ended.finally(() => {
			over = true;
		});
		const until = async (text: string | RegExp) => {
			for (let turn = 0; turn < 1000 && !over; turn++) {
				if (told.out.some((line) => line.search(text) >= 0)) return;
				await new Promise(setImmediate);
			}
			throw new Error(
				`no ${text} in:\n${[...told.out, ...told.err].join("\n")}`,
			);
		};
		await until(/./);
		return {
			until,
			/** Presses a key, once the program reads keys. */
			async press(key: string) {
				for (let turn = 0; turn < 1000 && !told.press; turn++)
					await new Promise(setImmediate);
				told.press?.(key);
			},
			/** What stands on the progress line. */
			status: () => told.progress.at(-1),
			printed: () => told.out.join("\n"),
			stdout: told.stdout,
			ended,
			async stop(): Promise<Outcome> {
				interruption.abort();
				return ended;
			},
		};
	}

	/** Runs a command to its end. */
	async function run(
		commandLine: string | readonly string[],
		person: Person = {},
		change: (world: World) => World = (world) => world,
	): Promise<Outcome> {
		const told = nothingTold(person);
		const inner = world(person, new AbortController().signal, told);
		const argv =
			typeof commandLine === "string" ? words(commandLine) : commandLine;
		return outcome(await main(argv, change(inner)), told);
	}

	return {
		run,
		start,
		world,
		clock,
		env,
		files,
		...surroundings,
		serve: network.serve,
		opened,
		/** Servers, tunnels and databases that nobody has closed. */
		leftOpen: () => [...open.values()],
	};
}

export type Machine = ReturnType<typeof createMachine>;

interface Told {
	out: string[];
	err: string[];
	asked: string[];
	progress: string[];
	press?: ((key: string) => void) | undefined;
	stdout: Stdout;
}

function nothingTold({ readsLines }: Person): Told {
	const out: string[] = [];
	const stdout = createStdout(out, readsLines);
	return { out, err: [], asked: [], progress: [], stdout };
}

function outcome(code: number, { out, err, asked, progress }: Told): Outcome {
	return {
		code,
		out: out.join("\n"),
		err: err.join("\n"),
		asked,
		progress,
		get records() {
			return out.map((line) => JSON.parse(line));
		},
	};
}

/** Splits a command line as a shell does, with single and double quotes; `igwh` may stand in front. */
export function words(commandLine: string): string[] {
	const found = [...commandLine.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
		([, single, double, bare]) => single ?? double ?? bare ?? "",
	);
	return found[0] === "igwh" ? found.slice(1) : found;
}

function memoryFiles(files: Map<string, string>, stdin = ""): World["files"] {
	let folders = 0;
	return {
		fixturesFolder,
		read: async (path) =>
			files.get(path) ??
			(isBuiltIn(path) ? readFileSync(path, "utf8") : undefined),
		readBytes: async (path) => {
			const text = files.get(path);
			if (text !== undefined) return Buffer.from(text);
			return isBuiltIn(path) ? readFileSync(path) : undefined;
		},
		isReadableByOthers: async () => false,
		realPath: async (path) => path,
		write: async (path, text) => {
			files.set(path, text);
		},
		append: async (path, text) => {
			files.set(path, (files.get(path) ?? "") + text);
		},
		replace: async (path, bytes) => {
			files.set(path, Buffer.from(bytes).toString());
		},
		list: async (path) => {
			if (path === fixturesFolder)
				return readdirSync(path)
					.sort()
					.map((name) => join(path, name));
			const folder = path === "." ? "" : `${path.replace(/\/$/, "")}/`;
			const inside = [...files.keys()].filter((file) =>
				file.startsWith(folder),
			);
			return inside.length > 0 ? inside.sort() : undefined;
		},
		remove: async (path) => {
			for (const file of files.keys())
				if (file.startsWith(path)) files.delete(file);
		},
		makeTemporaryFolder: async () => `/tmp/igwh-${folders++}`,
		readStdin: async () => Buffer.from(stdin),
	};
}

function isBuiltIn(path: string): boolean {
	return path.startsWith(fixturesFolder) && /\.\w+$/.test(path);
}

function memoryProcesses(
	{ editor, programs = {} }: Person,
	machine: { clock: Clock; files: Map<string, string>; opened: string[] },
): World["processes"] {
	const { clock, files, opened } = machine;
	return {
		run: async (commandLine, { input, timeoutMs, signal }) => {
			const ended = new AbortController();
			const killed = (timedOut: boolean): Partial<Finished> => ({
				code: 137,
				timedOut,
			});
			const notFound = { code: 127, stderr: `${commandLine}: not found` };
			const finished = await Promise.race([
				signal?.aborted
					? killed(false)
					: (programs[commandLine]?.(input) ?? notFound),
				clock.sleep(timeoutMs, ended.signal).then(() => killed(true)),
				aborted(signal, ended.signal).then(() => killed(false)),
			]);
			ended.abort();
			return { code: 0, timedOut: false, stdout: "", stderr: "", ...finished };
		},
		capture: (commandLine) => {
			const finished = programs[commandLine]?.("") ?? {
				code: 127,
				stderr: `${commandLine}: not found`,
			};
			// One that is never done is ended by its time limit.
			const done =
				finished instanceof Promise ? { code: 137, timedOut: true } : finished;
			return { code: 0, timedOut: false, stdout: "", stderr: "", ...done };
		},
		edit: async (name, path) => {
			if (!editor)
				throw new IgwhError("input", `the editor ${name} failed`, "");
			files.set(path, editor(files.get(path) ?? ""));
		},
		openPage: async (url) => {
			opened.push(url);
			return true;
		},
	};
}

function aborted(
	signal: AbortSignal | undefined,
	ended: AbortSignal,
): Promise<void> {
	return new Promise((resolve) =>
		signal?.addEventListener("abort", () => resolve(), { signal: ended }),
	);
}

/** One connection to a database that several share; it works until it is closed. */
function connect(
	database: Database,
	path: string,
	open: Map<object, string>,
): Database {
	const whileOpen =
		<A extends unknown[], R>(work: (...given: A) => R) =>
		(...given: A): R => {
			if (open.has(connection)) return work(...given);
			throw new IgwhError("store", "the store refused: it is closed", "");
		};
	const connection: Database = {
		exec: whileOpen(database.exec),
		all: whileOpen(database.all),
		run: whileOpen(database.run),
		transaction: whileOpen(database.transaction) as Database["transaction"],
		isIntact: database.isIntact,
		repair: database.repair,
		notices: database.notices,
		close: () => void open.delete(connection),
	};
	open.set(connection, path);
	return connection;
}

function scriptedPrompts(answers: Answer[], asked: string[]): Prompts {
	const next = (message: string): Answer => {
		asked.push(message);
		const answer = answers.shift();
		if (answer !== undefined) return answer;
		throw new IgwhError("interrupted", "interrupted", "run it again");
	};
	const pick = <T>(message: string, choices: Choice<T>[], panel?: Panel): T => {
		const names = choices.map(({ name }) => name);
		const above = [...(panel?.head ?? []), ...(panel?.text ?? [])];
		const wanted = String(next([...above, message, ...names].join("\n  ")));
		const choice = choices.find(({ name }) => name.includes(wanted));
		if (!choice) throw new Error(`no ${wanted} among ${names.join(" | ")}`);
		return choice.value;
	};
	return {
		select: async (message, choices, panel) => pick(message, choices, panel),
		search: async <T>(message: string, source: () => Promise<Choice<T>[]>) =>
			pick(message, await source()),
		input: async (message, { problem, changed } = {}) => {
			const text = String(next(message));
			changed?.(text);
			const wrong = problem?.(text);
			if (wrong) throw new Error(`the prompt refuses ${text}: ${wrong}`);
			return text;
		},
		confirm: async (message) => next(message) === true,
		secret: async (message) => String(next(message)),
	};
}

// What igwh loads when it needs it is loaded before the first test.
for (const line of ["verify --list", "lookup --sandbox"])
	await main(line.split(" "), createMachine().world());
