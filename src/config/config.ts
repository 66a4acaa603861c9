import { join } from "node:path";
import { onOrOff } from "../readers/on-or-off.ts";
import { type Place, readAt } from "../readers/reader.ts";
import type { SigningSecret } from "../webhook/signature.ts";
import type { World } from "../world.ts";
import { warningsAbout } from "./config-warnings.ts";
import type { EnvFile } from "./env-file.ts";
import {
	type EnvFilePlace,
	envFilePlace,
	openEnvFile,
} from "./env-file-place.ts";
import { findSettings, unusedGraphUrls } from "./find-settings.ts";
import { type Found, type Source, typedSetting } from "./found-setting.ts";
import { missingSettings, type Need, namesOf } from "./missing-settings.ts";
import { Secret } from "./secret.ts";
import {
	type DefaultedName,
	type PlainName,
	type SecretName,
	type Setting,
	type SettingName,
	settings,
	switches,
} from "./settings.ts";

export type { Source } from "./found-setting.ts";
export { type SettingName, settings } from "./settings.ts";

/** The settings that have a value, as text. */
export type Settings = Partial<Record<SettingName, string>>;

export interface ConfigFlags extends Settings {
	dotenv?: string;
	profile?: string;
	sandbox?: boolean;
	wait?: boolean;
	/** Shows more of what is sent and received. */
	verbose?: boolean;
}

/**
 * Reads the configuration: flag, then environment, then env file, then default.
 * With the sandbox, its own credentials take precedence over all but the flags, so
 * that no real token ever reaches it.
 * @param sandboxSettings the settings that `--sandbox` implies
 * @param options `mayCreateFile`: an env file that is named need not exist
 * @throws IgwhError `configuration`, `usage`
 */
export async function loadConfig(
	flags: ConfigFlags,
	world: World,
	sandboxSettings: Settings,
	{ mayCreateFile = false } = {},
): Promise<Config> {
	const place = envFilePlace(flags, world.env);
	const file = place.path;
	const envFile = await openEnvFile(place, mayCreateFile, world);
	const sandbox = flags.sandbox ?? sandboxIsOn(world.env, envFile, file);
	const sources = {
		flags,
		envFile: envFile.values,
		file,
		sandbox: sandbox ? sandboxSettings : undefined,
		world,
	};
	return new Config(findSettings(sources), sandbox, {
		world,
		warnings: [
			...unusedGraphUrls(sources),
			...(await warningsAbout(envFile, file, world)),
		],
		wait: flags.wait ?? false,
		verbose: flags.verbose ?? false,
		place,
	});
}

interface ConfigContext {
	world: World;
	warnings: readonly string[];
	place: EnvFilePlace;
	wait: boolean;
	verbose: boolean;
}

/** The settings in use, each with its source. Secrets are wrapped. */
export class Config {
	readonly #found: Map<SettingName, Found>;
	readonly #world: World;
	/** The name of the profile in use; nothing for the default one. */
	readonly profile: string | undefined;
	/** The path of the env file, which need not exist. */
	readonly envFile: string;
	/** Warnings about the sources of the settings. */
	readonly warnings: readonly string[];
	/** Wait out Meta's rate limits. */
	readonly wait: boolean;
	readonly verbose: boolean;
	readonly #place: EnvFilePlace;
	readonly #asked = new Map<SecretName, Promise<Secret>>();
	readonly #typed: string[] = [];

	constructor(
		found: Map<SettingName, Found>,
		readonly sandbox: boolean,
		{ world, warnings, place, wait, verbose }: ConfigContext,
	) {
		this.#found = found;
		this.#world = world;
		this.warnings = warnings;
		this.wait = wait;
		this.verbose = verbose;
		this.#place = place;
		this.profile = place.profile;
		this.envFile = place.path;
	}

	/** The folder of the store: each profile has its own. */
	get storeFolder(): string {
		return join(this.get("home"), this.profile ?? "");
	}

	/** The same configuration with other values for some settings. */
	with(values: Settings): Config {
		const found = new Map(this.#found);
		for (const [key, text] of Object.entries(values)) {
			const name = key as SettingName;
			const where = { source: "flag", file: this.envFile } as const;
			found.set(name, typedSetting(name, text, where));
		}
		return new Config(found, this.sandbox, {
			world: this.#world,
			warnings: this.warnings,
			place: this.#place,
			wait: this.wait,
			verbose: this.verbose,
		});
	}

	get<N extends PlainName>(
		name: N,
	): N extends DefaultedName ? string : string | undefined {
		return this.#found.get(name)?.value() as string;
	}

	secret(name: SecretName): Secret | undefined {
		const found = this.#found.get(name);
		return found && new Secret(found.value());
	}

	/** Uses the sandbox at this address, which was found to run there. */
	useSandboxAt(url: string): void {
		this.#found.set("graphUrl", {
			text: url,
			source: "sandbox",
			value: () => url,
		});
	}

	source(name: SettingName): Source | undefined {
		return this.#found.get(name)?.source;
	}

	/** A setting's text as it was typed, whether it can be read or not. */
	typed(name: SettingName): string | undefined {
		const found = this.#found.get(name);
		return found?.command ? found.value() : found?.text;
	}

	/** The environment name of the command that prints a secret. */
	commandOf(name: SettingName): string | undefined {
		return this.#found.get(name)?.command;
	}

	/**
	 * Reads the settings that a command uses; a secret's command does not run for it.
	 * @throws IgwhError `usage` where a value cannot be read
	 */
	check(names: readonly SettingName[]): void {
		for (const name of names)
			if (!this.commandOf(name)) this.#found.get(name)?.value();
	}

	/** @throws IgwhError `configuration` where the setting has no value */
	need(name: PlainName): string {
		const value = this.get(name);
		if (value === undefined) throw missingSettings([name]);
		return value;
	}

	/**
	 * Names all missing settings in one error. At a terminal, where only secrets
	 * are missing, it passes: `needSecret` prompts for them.
	 * @throws IgwhError `configuration`
	 */
	needAll(needs: readonly Need[]): void {
		const missing = needs.filter((need) =>
			namesOf(need).every((name) => !this.#found.has(name)),
		);
		const asked = missing.every((need) => isSecret(namesOf(need)[0]));
		if (missing.length === 0 || (asked && this.#world.terminal.interactive))
			return;
		throw missingSettings(missing);
	}

	/** Asks for the secret, once, where someone can answer. @throws IgwhError `configuration` */
	async needSecret(name: SecretName): Promise<Secret> {
		const known = this.secret(name);
		if (known) return known;
		const asked = this.#asked.get(name) ?? this.#ask(name);
		this.#asked.set(name, asked);
		return asked;
	}

	async #ask(name: SecretName): Promise<Secret> {
		if (!this.#world.terminal.interactive) throw missingSettings([name]);
		const typed = await this.#world.prompts.secret(
			`${settings[name].env}, ${settings[name].what}`,
		);
		const secret = typed.trim();
		if (!secret) throw missingSettings([name]);
		this.#typed.push(secret);
		return new Secret(secret);
	}

	/** Every secret Meta may have signed a delivery with; asks for the first if there is none. */
	async needSigningSecrets(): Promise<SigningSecret[]> {
		const names = ["appSecret", "instagramAppSecret"] as const;
		const known = names.flatMap((name) => {
			const secret = this.secret(name);
			return secret
				? [{ name: signerNames[name], value: secret.reveal() }]
				: [];
		});
		if (known.length > 0) return known;
		const typed = await this.needSecret("appSecret");
		return [{ name: signerNames.appSecret, value: typed.reveal() }];
	}

	/** Masks a value in everything printed from now on. */
	hide(value: string): void {
		this.#typed.push(value);
	}

	/** The values that must never be printed, including typed secrets. The sandbox's credentials are public. */
	hiddenValues(): string[] {
		const found = [...this.#found]
			.filter(([name, { source }]) => {
				const { secret } = settings[name] as Setting;
				return secret && source !== "sandbox";
			})
			.map(([, { text }]) => text)
			.filter(Boolean);
		return [...found, ...this.#typed];
	}
}

function isSecret(name: SettingName): boolean {
	return (settings[name] as Setting).secret === true;
}

const signerNames = {
	appSecret: "app secret",
	instagramAppSecret: "Instagram app secret",
} as const;

function sandboxIsOn(
	env: World["env"],
	{ values }: EnvFile,
	file: string,
): boolean {
	const name = switches.sandbox;
	const typed = env[name];
	const place: Place = (text) =>
		`${name}=${text} in ${typed === undefined ? file : "the environment"}`;
	return readAt(place, (typed ?? values[name] ?? "").trim(), onOrOff);
}
