import { createHash } from "node:crypto";
import { setMaxListeners } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Handler, textResponse } from "../../src/http.ts";
import { IgwhError } from "../../src/igwh-error.ts";
import { main } from "../../src/program.ts";
import { openSqlite } from "../../src/system/sqlite.ts";
import {
	type Choice,
	type Database,
	type Finished,
	type Listening,
	type OutgoingRequest,
	type Prompts,
	type ServeOptions,
	type Tunnel,
	UnreachableError,
	type World,
} from "../../src/world.ts";
import { createMemoryClock } from "./memory-clock.ts";

// Loaded before any clock runs: reading a native module takes real time.
(await openSqlite(":memory:")).close();

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
	/** Their programs, by command line: what they answer to what they read. */
	programs?: Record<string, (input: string) => Partial<Finished>>;
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
	const handlers = new Map<string, { handler: Handler; limit: number }>();
	const databases = new Map<string, Promise<Database>>();
	const files = new Map<string, string>();
	const sent: OutgoingRequest[] = [];
	const tunnels: { url: string; lose(reason: string): void }[] = [];
	/** Names of tunnels that are someone else's by now, with what is given instead. */
	const renamed = new Map<string, string>();
	/** The web pages that were opened. */
	const opened: string[] = [];
	let drawn = 0;
	let nextPort = 40_000;

	const send = async (request: OutgoingRequest) => {
		sent.push(request);
		if (request.bodyMs) await clock.sleep(request.bodyMs);
		const { origin, host, pathname, search } = new URL(request.url);
		const server = handlers.get(origin);
		if (!server)
			throw new UnreachableError("refused", `nothing listens at ${host}`);
		if (request.body.length > server.limit)
			return textResponse(413, "the body is too large\n");
		return server.handler({
			method: request.method,
			target: `${pathname}${search}`,
			headers: request.headers,
			body: request.body,
		});
	};

	const serve = async (
		handler: Handler,
		{ port, maxBodyBytes }: ServeOptions,
	): Promise<Listening> => {
		const taken = port || nextPort++;
		const url = `http://127.0.0.1:${taken}`;
		if (handlers.has(url))
			throw new IgwhError(
				"network",
				`port ${taken} of 127.0.0.1 is taken by another program`,
				"choose another port; 0 takes a free one",
			);
		const underWay = new Set<Promise<unknown>>();
		const watched: Handler = (request) => {
			const answer = handler(request);
			underWay.add(answer);
			void answer.finally(() => underWay.delete(answer)).catch(() => {});
			return answer;
		};
		handlers.set(url, { handler: watched, limit: maxBodyBytes });
		return {
			url,
			port: taken,
			close: async () => {
				handlers.delete(url);
				const done = new AbortController();
				await Promise.race([
					Promise.allSettled(underWay),
					clock.sleep(2000, done.signal),
				]);
				done.abort();
			},
		};
	};

	const openTunnel: World["network"]["openTunnel"] = async ({
		port,
		subdomain,
	}): Promise<Tunnel> => {
		const name = subdomain ?? `tunnel-${tunnels.length + 1}`;
		const url = `https://${renamed.get(name) ?? name}.loca.test`;
		const local = handlers.get(`http://127.0.0.1:${port}`);
		if (local) handlers.set(url, local);
		const close = () => handlers.delete(url);
		return {
			url,
			entry: url,
			lost: new Promise((resolve) => {
				tunnels.push({
					url,
					lose: (reason) => {
						close();
						resolve(reason);
					},
				});
			}),
			close,
		};
	};

	/** The world as one command sees it. */
	function world(
		person: Person = {},
		interrupt: AbortSignal = new AbortController().signal,
		told: Told = { out: [], err: [], asked: [], progress: [] },
	): World {
		setMaxListeners(0, interrupt);
		return {
			env,
			clock,
			randomBytes: (count) =>
				createHash("shake256", { outputLength: count })
					.update(`igwh ${drawn++}`)
					.digest(),
			network: { send, call: send, serve, openTunnel },
			files: memoryFiles(files, person.stdin),
			terminal: {
				interactive: person.answers !== undefined,
				colours: false,
				columns: 120,
				print: async (line) => {
					told.out.push(line);
				},
				note: (line) => {
					told.err.push(line);
				},
				progress: (text) => {
					if (text) told.progress.push(text);
				},
			},
			prompts: scriptedPrompts(person.answers ?? [], told.asked),
			processes: memoryProcesses(person, files, opened),
			interrupt,
			openDatabase: async (path) => {
				const database = databases.get(path) ?? openSqlite(":memory:");
				databases.set(path, database);
				return { ...(await database), close: () => {} };
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
		const told: Told = { out: [], err: [], asked: [], progress: [] };
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
			printed: () => told.out.join("\n"),
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
		const told: Told = { out: [], err: [], asked: [], progress: [] };
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
		handlers,
		sent,
		serve,
		tunnels,
		rename: (name: string, other: string) => renamed.set(name, other),
		opened,
	};
}

export type Machine = ReturnType<typeof createMachine>;

interface Told {
	out: string[];
	err: string[];
	asked: string[];
	progress: string[];
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
		write: async (path, text) => {
			files.set(path, text);
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
	files: Map<string, string>,
	opened: string[],
): World["processes"] {
	return {
		run: async (commandLine, { input }) => ({
			code: 0,
			timedOut: false,
			stdout: "",
			stderr: "",
			...(programs[commandLine]?.(input) ?? {
				code: 127,
				stderr: `${commandLine}: not found`,
			}),
		}),
		edit: async (name, path) => {
			if (!editor)
				throw new IgwhError("input", `the editor ${name} did not work`, "");
			files.set(path, editor(files.get(path) ?? ""));
		},
		openPage: async (url) => {
			opened.push(url);
			return true;
		},
	};
}

function scriptedPrompts(answers: Answer[], asked: string[]): Prompts {
	const next = (message: string): Answer => {
		asked.push(message);
		const answer = answers.shift();
		if (answer !== undefined) return answer;
		throw new IgwhError("interrupted", "interrupted", "run it again");
	};
	const pick = <T>(message: string, choices: Choice<T>[]): T => {
		const names = choices.map(({ name }) => name);
		const wanted = String(next([message, ...names].join("\n  ")));
		const choice = choices.find(({ name }) => name.includes(wanted));
		if (!choice) throw new Error(`no ${wanted} among ${names.join(" | ")}`);
		return choice.value;
	};
	return {
		select: async (message, choices) => pick(message, choices),
		search: async <T>(message: string, source: () => Promise<Choice<T>[]>) =>
			pick(message, await source()),
		input: async (message, { problem } = {}) => {
			const text = String(next(message));
			const wrong = problem?.(text);
			if (wrong) throw new Error(`the prompt refuses ${text}: ${wrong}`);
			return text;
		},
		confirm: async (message) => next(message) === true,
		secret: async (message) => String(next(message)),
	};
}
