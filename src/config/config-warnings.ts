import { nearest } from "../readers/name.ts";
import { quoted } from "../readers/reader.ts";
import type { World } from "../world.ts";
import type { EnvFile } from "./env-file.ts";
import {
	commandName,
	environmentNames,
	type Setting,
	settings,
	switches,
} from "./settings.ts";

/** Warnings about the sources of the settings; they never contain a value. */
export async function warningsAbout(
	{ values, warnings }: EnvFile,
	file: string,
	{ env, files }: World,
): Promise<string[]> {
	const secrets = Object.values<Setting>(settings).filter(
		({ env, secret }) => secret && values[env],
	);
	const ignored = [switches.dotenv, switches.profile].filter(
		(name) => values[name],
	);
	return [
		...warnings,
		...ignored.map(
			(name) => `${name} has no effect in ${file}: set it in the environment`,
		),
		...unusedCommands(env, "the environment"),
		...unusedCommands(values, file),
		...unknownNames(env, "the environment"),
		...unknownNames(values, file),
		...(secrets.length > 0 && (await files.isReadableByOthers(file))
			? [
					`${file} contains secrets, and other users of this machine can read it: chmod 600 ${quoted(file)}`,
				]
			: []),
	];
}

/** The command of a secret does not run where the secret itself is set. */
function unusedCommands(values: World["env"], where: string): string[] {
	return Object.values<Setting>(settings)
		.filter(
			(setting) =>
				setting.secret && values[setting.env] && values[commandName(setting)],
		)
		.map(
			(setting) =>
				`${commandName(setting)} in ${where} is not used: ${setting.env} is set there as well`,
		);
}

function unknownNames(values: World["env"], where: string): string[] {
	return Object.keys(values)
		.filter((name) => /^igwh_/i.test(name) && !environmentNames.includes(name))
		.map(
			(name) =>
				`${name} in ${where} is not a setting; did you mean ${nearest(name.toUpperCase(), environmentNames)}?`,
		);
}
