import type { Settings } from "../../config/config.ts";
import { editEnvFile } from "../../config/edit-env-file.ts";
import { readEnvFile } from "../../config/env-file.ts";
import { type SettingName, settings } from "../../config/settings.ts";
import type { Ignoring } from "./git-ignore.ts";
import type { SavedRecord } from "./records.ts";
import type { Setup } from "./setup.ts";

/**
 * Writes the env file in one step, as the last thing: until then everything is
 * as it was.
 */
export async function save(
	setup: Setup,
	values: Settings,
	ignoring: Ignoring | undefined,
): Promise<SavedRecord> {
	const { envFile, world, note } = setup;
	const named = byEnvironmentName(setup, values);
	// Read anew: someone may have edited it meanwhile.
	const bytes = await world.files.readBytes(envFile);
	const before = bytes ? readEnvFile(bytes, envFile).values : {};
	const changed = Object.keys(named).filter(
		(env) => before[env] !== named[env],
	);
	const edited = editEnvFile(bytes, named, envFile);
	if (ignoring) await world.files.append(ignoring.path, ignoring.text);
	if (changed.length > 0 || (await world.files.isReadableByOthers(envFile)))
		await world.files.replace(envFile, edited);
	for (const [env, value] of Object.entries(named))
		if (world.env[env] && world.env[env] !== value)
			note(`igwh: ${env} in the environment replaces the value in ${envFile}`);
	return {
		type: "saved",
		envFile,
		changed,
		...(ignoring && { gitignore: ignoring.path }),
		next: nextCommands(setup),
	};
}

/** A secret that a command prints is not written, unless it is another one now. */
function byEnvironmentName(
	{ config }: Setup,
	values: Settings,
): Record<string, string> {
	return Object.fromEntries(
		Object.entries(values)
			.filter(([key, value]) => {
				const name = key as SettingName;
				return !config.commandOf(name) || config.typed(name) !== value;
			})
			.map(([name, value]) => [settings[name as SettingName].env, value]),
	);
}

function nextCommands({ config, envFile }: Setup): string[] {
	const profile = /^\.env\.([\w-]+)$/.exec(envFile)?.[1];
	const flag = profile
		? ` --profile ${profile}`
		: envFile === ".env"
			? ""
			: ` --dotenv ${envFile}`;
	return config.sandbox
		? [
				"igwh sandbox",
				`igwh subscribe${flag}`,
				`igwh listen --no-tunnel --subscribe${flag}`,
			]
		: [`igwh subscribe${flag}`, `igwh listen --subscribe${flag}`];
}
