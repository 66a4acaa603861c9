import type { Source } from "../../config/config.ts";
import type { SettingName } from "../../config/settings.ts";

/** Which files the settings and the store are. */
export interface ConfigRecord {
	type: "config";
	/** The profile's name; `null` for the default one. */
	profile: string | null;
	envFile: string;
	/** Whether the env file exists. */
	found: boolean;
	store: string;
	sandbox: boolean;
}

export interface SettingRecord {
	type: "setting";
	name: SettingName;
	env: string;
	/** A secret's last four characters; `null` where nothing is set, or was not read. */
	value: string | null;
	secret: boolean;
	/** `null` where nothing is set. */
	source: Source | null;
	/** The environment name of the command that prints the secret. */
	command?: string;
	/** Why the value cannot be used. */
	problem?: string;
	what: string;
}
