import { profileName } from "../readers/name.ts";
import { readAt } from "../readers/reader.ts";
import type { World } from "../world.ts";
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
 * Flags come before the environment, an env file's path before a profile's name.
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
