import type { ConfigFlags } from "../config/config.ts";
import {
	flagName,
	type Setting,
	type SettingName,
	settings,
	switches,
} from "../config/settings.ts";
import { profileName } from "../readers/name.ts";
import type { Reader } from "../readers/reader.ts";
import { path } from "../readers/text.ts";
import type { Command } from "./command.ts";

export interface GlobalFlags extends ConfigFlags {
	json?: boolean;
}

interface GlobalFlag {
	description: string;
	placeholder?: string;
	/** Missing for a flag without a value. */
	reader?: Reader<string>;
}

/** Every flag that belongs to igwh and not to one command, by its key. */
export const globalFlags: Readonly<Record<string, GlobalFlag>> = {
	json: { description: "Print one JSON object per line" },
	verbose: { description: "Show every request to Meta and to your app" },
	sandbox: {
		description: `Use the sandbox instead of Meta (${switches.sandbox}=1)`,
	},
	dotenv: {
		description: `Env file (${switches.dotenv}; default: .env)`,
		placeholder: "<path>",
		reader: path("staging.env"),
	},
	profile: {
		description: `Use the settings in .env.<name> and a store of their own (${switches.profile})`,
		placeholder: "<name>",
		reader: profileName,
	},
	wait: { description: "Wait out Meta's rate limits, then continue" },
	...Object.fromEntries(
		Object.entries<Setting>(settings)
			.filter(([, { placeholder }]) => placeholder)
			.map(([key, setting]) => [key, settingFlag(setting)]),
	),
};

function settingFlag(setting: Setting): GlobalFlag {
	const { what, env, placeholder, reader } = setting;
	const otherwise = setting.default ?? setting.inferred;
	const from = otherwise ? `${env}; default: ${otherwise}` : env;
	return {
		description: `${what[0]?.toUpperCase()}${what.slice(1)} (${from})`,
		...(placeholder && { placeholder, reader }),
	};
}

/** The global flags that a command uses. */
export function globalFlagsOf({
	settings,
	usesGraph,
}: Pick<Command, "settings" | "usesGraph">): string[] {
	return Object.keys(globalFlags).filter(
		(key) =>
			key === "json" ||
			(key === "wait" && usesGraph === true) ||
			(settings.length > 0 &&
				["verbose", "sandbox", "dotenv", "profile"].includes(key)) ||
			settings.includes(key as SettingName),
	);
}

/** The setting that a flag would give if secrets had flags. */
export function secretOf(flag: string): Setting | undefined {
	return Object.entries<Setting>(settings).find(
		([key, { secret }]) => secret && flagName(key) === flag,
	)?.[1];
}
