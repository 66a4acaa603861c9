import { isLoopbackUrl } from "../loopback-guard.ts";
import type { World } from "../world.ts";
import type { Settings } from "./config.ts";
import {
	type Found,
	findCommand,
	fromCommand,
	type Source,
	typedSetting,
} from "./found-setting.ts";
import { type Setting, type SettingName, settings } from "./settings.ts";

type Values = World["env"];

export interface SettingSources {
	flags: Settings;
	envFile: Values;
	/** The path of the env file. */
	file: string;
	/** The settings that `--sandbox` implies, where it is on. */
	sandbox: Settings | undefined;
	world: World;
}

/** A place that values are read from. */
interface Layer {
	source: Source;
	text(name: SettingName): string | undefined;
	/** The variables that may name a command which prints a secret. */
	commands?: Values;
}

/** The value of each setting that has one, from the first layer that has it. */
export function findSettings(sources: SettingSources): Map<SettingName, Found> {
	const layers = layersOf(sources);
	const found = new Map<SettingName, Found>();
	for (const name of Object.keys(settings) as SettingName[])
		for (const layer of layers) {
			const value = findIn(layer, name, sources);
			if (!value) continue;
			found.set(name, value);
			break;
		}
	return found;
}

/**
 * The first layer takes precedence. The sandbox's credentials are the second, so
 * that no real token ever reaches it; its address can be set.
 */
function layersOf({ flags, envFile, sandbox, world }: SettingSources): Layer[] {
	const { graphUrl, ...credentials }: Settings = sandbox ?? {};
	const variables = (source: Source, values: Values): Layer => ({
		source,
		text: (name) =>
			sandbox && name === "graphUrl" && otherGraphUrl(values)
				? undefined
				: values[settings[name].env],
		commands: values,
	});
	return [
		{ source: "flag", text: (name) => flags[name] },
		{ source: "sandbox", text: (name) => (credentials as Settings)[name] },
		variables("environment", world.env),
		variables("env file", envFile),
		{
			source: "sandbox",
			text: (name) => (name === "graphUrl" ? graphUrl : undefined),
		},
		{
			source: "default",
			text: (name) => (settings[name] as Setting).default,
		},
	];
}

function findIn(
	{ source, text, commands }: Layer,
	name: SettingName,
	{ file, world }: SettingSources,
): Found | undefined {
	const typed = text(name)?.trim();
	if (typed) return typedSetting(name, typed, { source, file });
	const command = findCommand(name, commands);
	return command
		? fromCommand(name, command, { source, file, world })
		: undefined;
}

/** Names each Graph address that the sandbox does not use: it runs on this machine. */
export function unusedGraphUrls({
	sandbox,
	envFile,
	world,
}: SettingSources): string[] {
	if (!sandbox) return [];
	return [world.env, envFile]
		.map(otherGraphUrl)
		.filter((url) => url !== undefined)
		.map(
			(url) =>
				`${settings.graphUrl.env}=${url} is not used: a sandbox runs on this machine`,
		);
}

/** A Graph address that cannot be a sandbox's, such as Meta's. */
function otherGraphUrl(values: Values): string | undefined {
	const url = values[settings.graphUrl.env]?.trim();
	return url && !isLoopbackUrl(url) ? url : undefined;
}
