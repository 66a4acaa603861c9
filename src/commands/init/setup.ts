import type { Config, Settings } from "../../config/config.ts";
import { readEnvFile } from "../../config/env-file.ts";
import { Secret } from "../../config/secret.ts";
import { type Graph, graphClient } from "../../graph/graph-client.ts";
import type { World } from "../../world.ts";
import { Answers } from "./answers.ts";
import { givenValues, unswap } from "./given.ts";
import type { Asked } from "./questions.ts";

/** What is asked again although it is set. */
export type Topic = "app" | "token" | "page" | "verifyToken";

/** What the steps of init share. */
export interface Setup {
	config: Config;
	world: World;
	interactive: boolean;
	/** The file that will be written. */
	envFile: string;
	/** What was set before, then what was typed. */
	values: Settings;
	answers: Answers;
	/** What is asked again although it is set. */
	changes: Set<Topic>;
	note(text: string): void;
}

export async function openSetup(config: Config, world: World): Promise<Setup> {
	const { interactive, note } = world.terminal;
	const envFile = targetFile(config);
	const bytes = await world.files.readBytes(envFile);
	const inFile = bytes ? readEnvFile(bytes, envFile).values : {};
	const values = givenValues(config, inFile, { interactive });
	const swapped = unswap(values);
	if (swapped) note(`igwh: ${swapped}`);
	const token = givenToken(values, config);
	if (token) values.userToken = token;
	return {
		...{ config, world, interactive, envFile, values, note },
		answers: new Answers(config, world, values),
		changes: new Set(),
	};
}

/** A graph client with other settings. */
export function graphWith({ config, world }: Setup, values: Settings): Graph {
	return graphClient(config.with(values), world);
}

/** Keeps a secret out of the output. The sandbox's are public. */
export function hide({ config }: Setup, secret: Secret): Secret {
	if (!config.sandbox) config.hide(secret.reveal());
	return secret;
}

export async function secretAnswer(setup: Setup, name: Asked): Promise<Secret> {
	return hide(setup, new Secret(await setup.answers.get(name)));
}

/** Practice must not overwrite the settings of a real app. */
function targetFile({ sandbox, envFile }: Config): string {
	return sandbox && envFile === ".env" ? ".env.sandbox" : envFile;
}

/** The token to check; where those of both logins are set, that of the login in use. */
function givenToken(values: Settings, config: Config): string | undefined {
	const { userToken, pageToken, instagramToken } = values;
	const ofFacebook = userToken ?? pageToken;
	return config.get("login") === "instagram"
		? (instagramToken ?? ofFacebook)
		: (ofFacebook ?? instagramToken);
}
