import type { Config } from "../config/config.ts";
import type { SettingName } from "../config/settings.ts";
import type { Terminal, World } from "../world.ts";
import type { Input } from "./input.ts";
import type { AnyRecord } from "./record.ts";
import type { Theme } from "./theme.ts";

type Values<I> = { [K in keyof I]: I[K] extends Input<infer T> ? T : never };

type UseCase<I, R> = (
	input: Values<I>,
	config: Config,
	world: World,
) => AsyncIterable<R>;

/** A command as it is declared: no logic, only what it takes, does and shows. */
export interface CommandSpec<I, R extends AnyRecord> {
	name: string;
	summary: string;
	/** Command lines that work, without the program's name in front. */
	examples: readonly string[];
	inputs: I;
	/** The settings it uses: their flags are its own, and their values are checked before it runs. */
	settings: readonly SettingName[];
	/** It calls the Graph API: with `--sandbox` one must be there. */
	usesGraph?: boolean;
	/** How many milliseconds it may take to wind up after the first Ctrl-C; 2 s where left out. */
	drainMs?: number;
	/** Refuses inputs that do not fit together, before anything happens. @throws IgwhError `usage` */
	check?(input: Values<I>, terminal: Pick<Terminal, "interactive">): void;
	run: UseCase<I, R>;
	/** How a record reads for a person; nothing where it says nothing to them. */
	human(record: R, theme: Theme): string | undefined;
}

/** A command of any inputs and records, as the program handles it. */
export interface Command
	extends CommandSpec<Record<string, Input<unknown>>, AnyRecord> {}

/** Declares a command; the compiler refuses inputs that do not fit its use case. */
export function command<const I, R extends AnyRecord>(
	spec: CommandSpec<I, R>,
): CommandSpec<I, R> {
	return spec;
}
