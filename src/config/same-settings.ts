import { quoted } from "../readers/reader.ts";
import type { Config } from "./config.ts";

/** A command with the flags that give it the settings of this one: the sandbox, the profile, the store. */
export function withSameSettings(command: string, config: Config): string {
	const words = [command];
	if (config.sandbox) words.push("--sandbox");
	if (config.profile) words.push(`--profile ${config.profile}`);
	for (const [name, flag] of [
		["home", "--home"],
		["appId", "--app-id"],
		["graphUrl", "--graph-url"],
	] as const)
		if (config.source(name) === "flag")
			words.push(`${flag} ${quoted(String(config.get(name)))}`);
	return words.join(" ");
}
