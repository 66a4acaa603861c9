import type { Config } from "../config/config.ts";
import type { Override } from "../store/overrides.ts";

/** The command that restores an override later, with the flags of this one. */
export function restoreCommand({ replaced }: Override, config: Config): string {
	const words = ["igwh listen --restore"];
	if (config.sandbox) words.push("--sandbox");
	if (config.profile) words.push(`--profile ${config.profile}`);
	for (const [name, flag] of [
		["home", "--home"],
		["appId", "--app-id"],
		["graphUrl", "--graph-url"],
	] as const)
		if (config.source(name) === "flag")
			words.push(`${flag} ${quoted(String(config.get(name)))}`);
	if (replaced.at(-1)) words.push("--restore-verify-token <its verify token>");
	return words.join(" ");
}

function quoted(text: string): string {
	return /^[\w./:@%+=,-]+$/.test(text)
		? text
		: `'${text.replaceAll("'", "'\\''")}'`;
}
