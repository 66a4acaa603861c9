import type { Config } from "../config/config.ts";
import { withSameSettings } from "../config/same-settings.ts";
import type { Override } from "../store/overrides.ts";

/** The command that restores an override later, with the flags of this one. */
export function restoreCommand({ replaced }: Override, config: Config): string {
	const command = withSameSettings("igwh listen --restore", config);
	return replaced.at(-1)
		? `${command} --restore-verify-token <its verify token>`
		: command;
}
