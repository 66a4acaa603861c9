import type { Config } from "../config/config.ts";
import type { Need } from "../config/missing-settings.ts";
import type { SettingName } from "../config/settings.ts";
import { once } from "../once.ts";
import type { Terminal, World } from "../world.ts";
import type { Input } from "./input.ts";
import type { AnyRecord } from "./record.ts";
import type { Theme } from "./theme.ts";

type Values<I> = { [K in keyof I]: I[K] extends Input<infer T> ? T : never };

/** What a command's `run.ts` exports. */
interface RunModule<V, R> {
	/** Yields the records of the command. */
	run(input: V, config: Config, world: World): AsyncIterable<R>;
	/** Refuses inputs that do not fit together, before anything happens. @throws IgwhError `usage` */
	check?(input: V, terminal: Pick<Terminal, "interactive">): void;
	/** The settings that these inputs need, so that one error names all that are missing. */
	needs?(input: V, config: Config): Need[];
}

/** What a command's `view.ts` exports. */
interface ViewModule<R> {
	/** A record as text for people; nothing where it is of use only to programs. */
	view(record: R, theme: Theme): string | undefined;
	/** A view for one run, where what was shown before matters. */
	createView?(): ViewModule<R>["view"];
}

/**
 * A command as it is declared: names, help and inputs, but no logic. Its run and
 * its view are loaded when it runs, so that starting igwh reads declarations only.
 */
export interface CommandSpec<I, R extends AnyRecord> {
	name: string;
	summary: string;
	/** Command lines that work, without the program's name in front. */
	examples: readonly string[];
	inputs: I;
	/** The settings it uses: their flags are its own, and their values are checked before it runs. */
	settings: readonly SettingName[];
	/** It calls the Graph API: with `--sandbox` a sandbox must be running. */
	usesGraph?: boolean;
	/** It shows settings, those that cannot be read too: they are not checked before it runs. */
	showsSettings?: boolean;
	/** It writes the env file, which need not exist before it runs. */
	writesEnvFile?: boolean;
	/** How many milliseconds it may take to end after the first Ctrl-C; 2 s by default. */
	drainMs?: number;
	run(): Promise<RunModule<Values<I>, R>>;
	view(): Promise<ViewModule<R>>;
}

/** A command of any inputs and records, as the program handles it. */
export interface Command
	extends CommandSpec<Record<string, Input<unknown>>, AnyRecord> {}

/** Declares a command; the compiler refuses inputs that do not fit its run. */
export function command<const I, R extends AnyRecord>(
	spec: CommandSpec<I, R>,
): CommandSpec<I, R> {
	return { ...spec, run: once(spec.run), view: once(spec.view) };
}
