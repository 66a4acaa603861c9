import { IgwhError } from "../igwh-error.ts";
import { profileName } from "../readers/name.ts";
import { readAt } from "../readers/reader.ts";
import type { World } from "../world.ts";
import { type EnvFile, readEnvFile } from "./env-file.ts";
import { switches } from "./settings.ts";

/** Which env file holds the settings. */
export interface EnvFilePlace {
	path: string;
	/** What named it; nothing for the default one, which need not exist. */
	namedBy: string | undefined;
	/** The profile in use, where it is not the default one. */
	profile: string | undefined;
}

/**
 * Flags take precedence over the environment, a path over a profile's name.
 * @throws IgwhError `usage` for a profile that is not a name
 */
export function envFilePlace(
	flags: { dotenv?: string; profile?: string },
	env: World["env"],
): EnvFilePlace {
	const typed = env[switches.profile]?.trim();
	const profile =
		flags.profile ??
		(typed
			? readAt(
					(text) => `${switches.profile}=${text} in the environment`,
					typed,
					profileName,
				)
			: undefined);
	const ofProfile = profile && `.env.${profile}`;
	const choices: [namedBy: string, path: string | undefined][] = [
		["--dotenv", flags.dotenv],
		["--profile", flags.profile && ofProfile],
		[switches.dotenv, env[switches.dotenv]],
		[switches.profile, ofProfile],
	];
	const [namedBy, path] = choices.find(([, path]) => path) ?? [];
	return { path: path ?? ".env", namedBy, profile };
}

/** @throws IgwhError `configuration` where one that was named does not exist, unless it may be made */
export async function openEnvFile(
	{ path, namedBy, profile }: EnvFilePlace,
	mayCreateFile: boolean,
	{ files }: World,
): Promise<EnvFile> {
	const bytes = await files.readBytes(path);
	if (bytes !== undefined) return readEnvFile(bytes, path);
	if (namedBy === undefined || mayCreateFile)
		return { values: {}, warnings: [] };
	throw new IgwhError(
		"configuration",
		`there is no env file ${path}`,
		/PROFILE|--profile/.test(namedBy)
			? `make it with: igwh init --profile ${profile}`
			: `check the path given with ${namedBy}`,
	);
}
