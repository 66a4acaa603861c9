import type { Config, Settings } from "../../config/config.ts";
import { readEnvFile } from "../../config/env-file.ts";
import { lastFour } from "../../config/last-four.ts";
import { Secret } from "../../config/secret.ts";
import { settings } from "../../config/settings.ts";
import { type Graph, graphClient } from "../../graph/graph-client.ts";
import { GraphRefusal } from "../../graph/graph-error.ts";
import { IgwhError } from "../../igwh-error.ts";
import type { World } from "../../world.ts";
import { givenValues, unswap } from "./given.ts";
import { cleanPasted, type Kind, kindOf } from "./pasted.ts";
import { type Asked, questions } from "./questions.ts";

/** What is asked again although it is set. */
export type Topic = "app" | "token" | "page" | "verifyToken";

/** The answers so far, and how to get the others. */
export interface Setup {
	config: Config;
	world: World;
	interactive: boolean;
	/** The file that will be written. */
	envFile: string;
	/** What was set before, then what was typed. */
	values: Settings;
	/** What is asked again although it is set. */
	changes: Set<Topic>;
	/** Asks for what is not known. @throws IgwhError `configuration` where nobody can answer */
	answer(name: Asked): Promise<string>;
	secretAnswer(name: Asked): Promise<Secret>;
	/** Asks for these although they are set; Enter keeps them. Nobody is asked without a terminal. */
	askAgain(names: readonly Asked[]): void;
	/**
	 * Tries until Meta accepts what was typed for these questions.
	 * @throws what it throws, where nobody can answer or an answer would not help
	 */
	untilAccepted<T>(
		names: readonly Asked[],
		attempt: () => Promise<T>,
	): Promise<T>;
	/** Keeps a secret out of the output. The sandbox's are public. */
	hide(secret: Secret): Secret;
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
	const setup: Setup = {
		config,
		world,
		interactive,
		envFile,
		values,
		changes: new Set(),
		note,
		hide(secret) {
			if (!config.sandbox) config.hide(secret.reveal());
			return secret;
		},
		...answers(config, world, values),
		secretAnswer: async (name) =>
			setup.hide(new Secret(await setup.answer(name))),
	};
	return setup;
}

/** The token to check; where those of both logins are set, that of the login in use. */
function givenToken(values: Settings, config: Config): string | undefined {
	const { userToken, pageToken, instagramToken } = values;
	const ofFacebook = userToken ?? pageToken;
	return config.get("login") === "instagram"
		? (instagramToken ?? ofFacebook)
		: (ofFacebook ?? instagramToken);
}

/** A graph client with other settings. */
export function graphWith(setup: Setup, values: Settings): Graph {
	return graphClient(setup.config.with(values), setup.world);
}

/** Practice must not overwrite the settings of a real app. */
function targetFile({ sandbox, envFile }: Config): string {
	return sandbox && envFile === ".env" ? ".env.sandbox" : envFile;
}

type Answers = Pick<Setup, "answer" | "askAgain" | "untilAccepted">;

function answers(config: Config, world: World, values: Settings): Answers {
	const { terminal } = world;
	/** Refused values, which Enter must not keep. */
	const refused = new Set<Asked>();
	/** To be confirmed or changed. */
	const again = new Set<Asked>();
	/** Pasted at the wrong question. */
	const misplaced = new Map<Asked, string>();
	const isOpen = (name: Asked) =>
		values[name] === undefined || refused.has(name) || again.has(name);

	const ask = async (name: Asked): Promise<string> => {
		terminal.note(whereText(name, config));
		const kept = refused.has(name) ? undefined : values[name];
		const typed = await prompt(name, kept, world);
		const text = cleanPasted(typed) || (questions[name].secret && kept) || "";
		if (questions[name].secret && text && !config.sandbox) config.hide(text);
		return text;
	};
	const keepForOwner = (name: Asked, text: string): string | undefined => {
		const owner = ownerOf(kindOf(text));
		if (!owner || owner === name || !isOpen(owner)) return undefined;
		misplaced.set(owner, text);
		return "; it is kept for its own question";
	};
	const answer = async (name: Asked): Promise<string> => {
		const known = isOpen(name) ? undefined : values[name];
		let text = known ?? misplaced.get(name);
		misplaced.delete(name);
		for (;;) {
			if (text === undefined) {
				if (!terminal.interactive) throw unanswered(name);
				text = await ask(name);
			}
			const problem = problemWith(name, text);
			if (problem === undefined) break;
			if (!terminal.interactive) throw unusable(name, problem);
			terminal.note(`igwh: ${problem}${keepForOwner(name, text) ?? ""}`);
			text = misplaced.get(name);
			misplaced.delete(name);
			if (problemWith(name, values[name] ?? "")) refused.add(name);
		}
		refused.delete(name);
		again.delete(name);
		values[name] = text;
		return text;
	};
	return {
		answer,
		askAgain(names) {
			if (terminal.interactive) for (const name of names) again.add(name);
		},
		async untilAccepted(names, attempt) {
			for (;;)
				try {
					return await attempt();
				} catch (error) {
					if (!terminal.interactive || !isAboutAnswer(error)) throw error;
					terminal.note(`igwh: ${error.message}\n  ${error.hint}`);
					for (const name of names) refused.add(name);
				}
		},
	};
}

function whereText(name: Asked, config: Config): string {
	const { where } = questions[name];
	const example = config.sandbox
		? `\nThe sandbox's is ${config.typed(name)}`
		: "";
	return `\n${where}${example}`;
}

function prompt(
	name: Asked,
	kept: string | undefined,
	{ prompts }: World,
): Promise<string> {
	const { message, secret } = questions[name];
	if (secret)
		return prompts.secret(
			kept
				? `${message.replace(":", "")} (Enter keeps ${lastFour(kept)}):`
				: message,
		);
	return prompts.input(message, kept ? { initial: kept } : {});
}

function ownerOf(kind: Kind): Asked | undefined {
	if (kind === "an app id") return "appId";
	if (kind === "an app secret") return "appSecret";
	return kind === "an access token" ? "userToken" : undefined;
}

function problemWith(name: Asked, text: string): string | undefined {
	const { kind, problem, message } = questions[name];
	if (!text) return `${message.replace(":", "")} is needed`;
	const found = kindOf(text);
	if (kind && found && found !== kind) return `that is ${found}, not ${kind}`;
	return problem?.(text);
}

/** Another answer may help: not where the network, Meta or a limit is in the way. */
function isAboutAnswer(error: unknown): error is IgwhError {
	return (
		error instanceof IgwhError &&
		["token", "permission", "graph", "configuration"].includes(error.code) &&
		!(error instanceof GraphRefusal && error.status >= 500)
	);
}

function unanswered(name: Asked): IgwhError {
	const { env, what } = settings[name];
	return new IgwhError(
		"configuration",
		`${env} is not set: ${what}`,
		`set it in the environment or the env file; it is shown here: ${questions[name].where.split("\n")[0]}`,
	);
}

function unusable(name: Asked, problem: string): IgwhError {
	return new IgwhError(
		"usage",
		`${settings[name].env} cannot be used: ${problem}`,
		`it is shown here: ${questions[name].where.split("\n")[0]}`,
	);
}
