import { type Place, quoted, readAt } from "../readers/reader.ts";
import type { World } from "../world.ts";
import { secretCommand } from "./secret-command.ts";
import {
	commandName,
	flagName,
	type Setting,
	type SettingName,
	settings,
} from "./settings.ts";

export type Source =
	| "flag"
	| "environment"
	| "env file"
	| "sandbox"
	| "default";

/** A value and its source. */
export interface Found {
	/** Empty until the command that prints it has run. */
	readonly text: string;
	source: Source;
	/** The environment name of the command that prints it. */
	command?: string;
	/** @throws IgwhError `usage`; `configuration` where a command fails */
	value(): string;
}

interface Where {
	source: Source;
	/** The path of the env file. */
	file: string;
}

/** A value that was typed, not printed by a command. */
export function typedSetting(
	name: SettingName,
	text: string,
	{ source, file }: Where,
): Found {
	const place = placeOf(name, source, file);
	return {
		text,
		source,
		value: () => readAt(place, text, settings[name].reader),
	};
}

/** The command line that prints a secret, where one is set. */
export function findCommand(
	name: SettingName,
	values: World["env"] | undefined,
): string | undefined {
	const setting: Setting = settings[name];
	return setting.secret
		? values?.[commandName(setting)]?.trim() || undefined
		: undefined;
}

/** A secret whose command has not run yet. */
export function fromCommand(
	setting: SettingName,
	commandLine: string,
	{ source, file, world }: Where & { world: World },
): Found {
	const name = commandName(settings[setting]);
	const where = source === "env file" ? file : "the environment";
	const { reader } = settings[setting];
	const lazy = secretCommand({ name, where, commandLine, reader }, world);
	return Object.assign(lazy, { source, command: name });
}

/** Where a setting's text was typed; a secret's text is not shown. */
function placeOf(name: SettingName, source: Source, file: string): Place {
	const { env, secret } = settings[name] as Setting;
	if (source === "flag") return (text) => `${flagName(name)} ${quoted(text)}`;
	const where = source === "env file" ? file : `the ${source}`;
	return (text) => `${secret ? env : `${env}=${text}`} in ${where}`;
}
