import type { IgwhError } from "../igwh-error.ts";
import { once } from "../once.ts";
import type { Terminal, World } from "../world.ts";
import { boundedWait } from "./bounded-wait.ts";
import { guardPrompts } from "./guard-prompts.ts";
import { hintOnce } from "./hint-once.ts";
import { maskSecrets } from "./mask-secrets.ts";
import { maskedJsonLine } from "./masked-json.ts";
import { createNotes } from "./notes.ts";
import type { AnyRecord } from "./record.ts";
import { safeText, safeValue } from "./safe-text.ts";
import type { Theme } from "./theme.ts";

export interface OutputOptions {
	json: boolean;
	/** Values that must not appear, including those typed into a prompt until now. */
	hidden(): readonly string[];
}

/** A record as text for people; undefined where it is of use only to programs. */
export type Human = (record: AnyRecord, theme: Theme) => string | undefined;

/**
 * Prints everything that igwh prints: records to stdout, all else to stderr,
 * cleaned of what could act on a terminal, and without secrets.
 */
export interface Output {
	/** @throws OutputClosedError */
	record(record: AnyRecord, human: Human): Promise<void>;
	/** A text of igwh's own. @throws OutputClosedError */
	text(text: string): Promise<void>;
	failure(error: IgwhError): Promise<void>;
	/** The world as a run sees it: everything it prints goes this way. */
	guard(world: World): World;
	/**
	 * Waits until everything is written, as long as the streams accept output.
	 * @throws OutputClosedError
	 */
	close(): Promise<void>;
}

const themeModule = once(() => import("./theme.ts"));

type Surroundings = Pick<World, "terminal" | "clock" | "interrupt">;

export function createOutput(
	{ terminal, clock, interrupt }: Surroundings,
	{ json, hidden }: OutputOptions,
): Output {
	let loadedTheme: Theme | undefined;
	/** Loaded where something is coloured: a program that reads JSON needs none. */
	const theme = async () => {
		if (loadedTheme) return loadedTheme;
		const { createTheme } = await themeModule();
		loadedTheme = {
			...createTheme(terminal.colours, terminal.columns),
			// A terminal may be resized.
			get columns() {
				return terminal.columns;
			},
		};
		return loadedTheme;
	};
	const mask = (text: string) => maskSecrets(text, hidden());
	const wait = boundedWait(interrupt, clock);
	const write = (line: string) => wait(() => terminal.print(line));
	const print = (text: string) => write(mask(text));
	const masked = (value: unknown) => maskedJsonLine(value, hidden());
	const withHintOnce = hintOnce(clock.now);
	const note = (text: string, repeated = 0) => {
		const [message = "", ...hint] = text.split("\n").map((line) => line.trim());
		const times = repeated > 0 ? ` (${repeated} more times)` : "";
		const lines = json
			? [
					masked({
						note: {
							message: message.replace(/^igwh: /, ""),
							...(hint.length > 0 && { hint: hint.join("\n") }),
							...(repeated > 0 && { repeated }),
						},
					}),
				]
			: withHintOnce(text)
					.split("\n")
					.map(safeText)
					.map((line, index) => (index === 0 ? `${line}${times}` : line));
		for (const line of lines) terminal.note(json ? line : mask(line));
	};
	const notes = createNotes(note, clock.now);
	const guarded: Terminal = {
		get interactive() {
			return terminal.interactive;
		},
		get colours() {
			return terminal.colours;
		},
		get columns() {
			return terminal.columns;
		},
		print: (line) => print(safeText(line)),
		note: notes.say,
		progress: (text) => terminal.progress(mask(safeText(text))),
		flush: terminal.flush,
	};
	return {
		async record(record, human) {
			if (json) return write(masked(record));
			const text = shown(record, human, loadedTheme ?? (await theme()));
			if (text !== undefined) await print(text);
		},
		text: print,
		async failure({ code, message, hint, shown }) {
			// The person pressed Ctrl-C, and knows it.
			if ((code === "interrupted" || shown) && !json) return;
			const lines = json
				? [masked({ error: { code, message, hint } })]
				: [
						`${(await theme()).bad("igwh:")} ${safeText(message)}`,
						...hint.split("\n").map((line) => `  ${safeText(line)}`),
					];
			for (const line of lines) terminal.note(json ? line : mask(line));
		},
		guard: (world) => ({
			...world,
			terminal: guarded,
			prompts: guardPrompts(world.prompts, { mask, ask: notes.forget }),
		}),
		async close() {
			notes.close();
			await wait(terminal.flush);
		},
	};
}

/** A view that fails on unexpected text must not end the command. */
function shown(
	record: AnyRecord,
	human: Human,
	theme: Theme,
): string | undefined {
	const safe = safeValue(record);
	try {
		return human(safe, theme);
	} catch (error) {
		const id = "id" in safe && typeof safe.id === "string" ? ` ${safe.id}` : "";
		return `${safe.type}${id} cannot be shown (${safeText(String((error as Error).message))}); --json prints it`;
	}
}
