import type { Config, Settings } from "../../config/config.ts";
import { lastFour } from "../../config/last-four.ts";
import { missingSettings } from "../../config/missing-settings.ts";
import { settings } from "../../config/settings.ts";
import { GraphRefusal } from "../../graph/graph-error.ts";
import { IgwhError } from "../../igwh-error.ts";
import type { World } from "../../world.ts";
import { cleanPasted, type Kind, kindOf } from "./pasted.ts";
import { type Asked, questions } from "./questions.ts";

/** The answers to questions: what is known, and what has to be asked. */
export class Answers {
	readonly #config: Config;
	readonly #world: World;
	/** What was set before, then what was typed. */
	readonly #values: Settings;
	/** Values that do not work: Enter must not keep them. */
	readonly #refused = new Set<Asked>();
	/** Values that are asked for although they are set; Enter keeps them. */
	readonly #again = new Set<Asked>();
	/** What was pasted at another question. */
	readonly #misplaced = new Map<Asked, string>();

	constructor(config: Config, world: World, values: Settings) {
		this.#config = config;
		this.#world = world;
		this.#values = values;
	}

	/** @throws IgwhError `configuration`, `usage` where a value is missing or unusable and nobody can answer */
	async get(name: Asked): Promise<string> {
		let text = this.#known(name);
		for (;;) {
			text ??= await this.#ask(name);
			const problem = problemWith(name, text);
			if (problem === undefined) return this.#accept(name, text);
			this.#complain(name, text, problem);
			text = this.#takeMisplaced(name);
		}
	}

	/** Asks for these although they are set; nobody is asked without a terminal. */
	askAgain(names: readonly Asked[]): void {
		if (!this.#world.terminal.interactive) return;
		for (const name of names) this.#again.add(name);
	}

	/**
	 * Tries until Meta accepts what was typed for these questions.
	 * @throws what it throws, where nobody can answer or an answer would not help
	 */
	async untilAccepted<T>(
		names: readonly Asked[],
		attempt: () => Promise<T>,
	): Promise<T> {
		for (;;)
			try {
				return await attempt();
			} catch (error) {
				const { interactive, note } = this.#world.terminal;
				if (!interactive || !isAboutAnswer(error)) throw error;
				note(`igwh: ${error.message}\n  ${error.hint}`);
				for (const name of names) this.#refused.add(name);
			}
	}

	#isOpen(name: Asked): boolean {
		return (
			this.#values[name] === undefined ||
			this.#refused.has(name) ||
			this.#again.has(name)
		);
	}

	#known(name: Asked): string | undefined {
		const misplaced = this.#takeMisplaced(name);
		return this.#isOpen(name) ? misplaced : this.#values[name];
	}

	#takeMisplaced(name: Asked): string | undefined {
		const text = this.#misplaced.get(name);
		this.#misplaced.delete(name);
		return text;
	}

	async #ask(name: Asked): Promise<string> {
		const { terminal } = this.#world;
		if (!terminal.interactive) throw missingSettings([name]);
		terminal.note(whereText(name, this.#config));
		const { secret } = questions[name];
		const kept = this.#refused.has(name) ? undefined : this.#values[name];
		const typed = cleanPasted(await prompt(name, kept, this.#world));
		const text = typed || (secret && kept) || "";
		if (secret && text && !this.#config.sandbox) this.#config.hide(text);
		return text;
	}

	#accept(name: Asked, text: string): string {
		this.#refused.delete(name);
		this.#again.delete(name);
		this.#values[name] = text;
		return text;
	}

	/** @throws IgwhError `usage` without a terminal */
	#complain(name: Asked, text: string, problem: string): void {
		const { interactive, note } = this.#world.terminal;
		if (!interactive) throw unusable(name, problem);
		const owner = ownerOf(kindOf(text));
		const isKept = owner && owner !== name && this.#isOpen(owner);
		if (isKept) this.#misplaced.set(owner, text);
		note(
			`igwh: ${problem}${isKept ? "; it is kept for its own question" : ""}`,
		);
		if (text === this.#values[name]) this.#refused.add(name);
	}
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
	if (!secret)
		return prompts.input(`${message}:`, kept ? { initial: kept } : {});
	return prompts.secret(
		kept ? `${message} (Enter keeps ${lastFour(kept)}):` : `${message}:`,
	);
}

/** The question a value answers, whichever it was typed at. */
function ownerOf(kind: Kind): Asked | undefined {
	if (kind === "an app id") return "appId";
	if (kind === "an app secret") return "appSecret";
	return kind === "an access token" ? "userToken" : undefined;
}

function problemWith(name: Asked, text: string): string | undefined {
	const { kind, problem, message } = questions[name];
	if (!text) return `${message} is needed`;
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

function unusable(name: Asked, problem: string): IgwhError {
	return new IgwhError(
		"usage",
		`${settings[name].env} cannot be used: ${problem}`,
		`it is shown here: ${questions[name].where.split("\n")[0]}`,
	);
}
