import type { Config } from "../../config/config.ts";
import { lastFour } from "../../config/last-four.ts";
import {
	type PlainName,
	type SecretName,
	type Setting,
	type SettingName,
	settings,
} from "../../config/settings.ts";
import { IgwhError } from "../../igwh-error.ts";
import type { World } from "../../world.ts";
import type { ConfigRecord, SettingRecord } from "./records.ts";

interface ConfigInput {
	runCommands: boolean;
}

/**
 * Shows every setting. One that cannot be used does not hide the others.
 * @throws the first problem, after the last setting
 */
export async function* run(
	{ runCommands }: ConfigInput,
	config: Config,
	world: World,
): AsyncGenerator<ConfigRecord | SettingRecord> {
	yield {
		type: "config",
		profile: config.profile ?? null,
		envFile: config.envFile,
		found: (await world.files.readBytes(config.envFile)) !== undefined,
		store: config.storeFolder,
		sandbox: config.sandbox,
	};
	const problems: IgwhError[] = [];
	for (const name of Object.keys(settings) as SettingName[]) {
		const { record, problem } = describe(name, config, runCommands);
		if (problem) problems.push(problem);
		yield record;
	}
	if (problems[0]) throw problems[0];
}

function describe(
	name: SettingName,
	config: Config,
	runCommands: boolean,
): { record: SettingRecord; problem?: IgwhError } {
	const { env, what, inferred, secret = false } = settings[name] as Setting;
	const command = config.commandOf(name);
	const read = command === undefined || runCommands;
	const { value, problem } = read ? readValue(name, config) : {};
	return {
		record: {
			type: "setting",
			name,
			env,
			value: value ?? null,
			secret,
			source: config.source(name) ?? null,
			...(command && { command }),
			...(problem && { problem: problem.message }),
			what: inferred ? `${what} (default: ${inferred})` : what,
		},
		...(problem && { problem }),
	};
}

function readValue(
	name: SettingName,
	config: Config,
): { value?: string | undefined; problem?: IgwhError } {
	try {
		const isSecret = (settings[name] as Setting).secret;
		if (!isSecret) return { value: config.get(name as PlainName) };
		const secret = config.secret(name as SecretName)?.reveal();
		return { value: secret && lastFour(secret) };
	} catch (error) {
		if (error instanceof IgwhError && error.code !== "interrupted")
			return { problem: error };
		throw error;
	}
}
