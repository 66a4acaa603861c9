import { IgwhError } from "../igwh-error.ts";
import { isLoopbackUrl } from "../loopback-guard.ts";
import { nearest } from "../readers/name.ts";
import { onOrOff } from "../readers/on-or-off.ts";
import { type Place, quoted, readAt } from "../readers/reader.ts";
import type { SigningSecret } from "../webhook/signature.ts";
import type { World } from "../world.ts";
import { type EnvFile, readEnvFile } from "./env-file.ts";
import { missingSettings, type Need, namesOf } from "./missing-settings.ts";
import { Secret } from "./secret.ts";
import {
	type DefaultedName,
	environmentNames,
	flagName,
	type PlainName,
	type SecretName,
	type Setting,
	type SettingName,
	settings,
	switches,
} from "./settings.ts";

export { type SettingName, settings } from "./settings.ts";

export type Source =
	| "flag"
	| "environment"
	| "env file"
	| "sandbox"
	| "default";

/** Values for every setting there is one for, as text. */
export type Settings = Partial<Record<SettingName, string>>;

export interface ConfigFlags extends Settings {
	dotenv?: string;
	sandbox?: boolean;
	wait?: boolean;
}

/**
 * Reads the configuration: flag, then environment, then env file, then default.
 * With the sandbox, its own credentials come right after the flags, so that no
 * real token ever reaches it.
 * @param sandboxSettings what `--sandbox` stands for
 * @throws IgwhError `configuration`, `usage`
 */
export async function loadConfig(
	flags: ConfigFlags,
	world: World,
	sandboxSettings: Settings,
): Promise<Config> {
	const path = flags.dotenv ?? (world.env[switches.dotenv] || undefined);
	const envFile = await openEnvFile(path, world);
	const file = path ?? defaultPath;
	const sandbox = flags.sandbox ?? sandboxIsOn(world.env, envFile, file);
	const { graphUrl, ...credentials } = sandbox ? sandboxSettings : {};
	const unused: string[] = [];
	// An address of the sandbox can be set; that of Meta is not one.
	const unlessMetas = (name: SettingName, text: string | undefined) => {
		if (!sandbox || name !== "graphUrl" || !text?.trim()) return text;
		if (isLoopbackUrl(text.trim())) return text;
		unused.push(
			`${settings.graphUrl.env}=${text.trim()} is not used: a sandbox runs on this machine`,
		);
		return undefined;
	};
	const layers: [Source, (name: SettingName) => string | undefined][] = [
		["flag", (name) => flags[name]],
		["sandbox", (name) => (credentials as Settings)[name]],
		["environment", (name) => unlessMetas(name, world.env[settings[name].env])],
		[
			"env file",
			(name) => unlessMetas(name, envFile.values[settings[name].env]),
		],
		["sandbox", (name) => (name === "graphUrl" ? graphUrl : undefined)],
		["default", (name) => (settings[name] as Setting).default],
	];
	const found = new Map<SettingName, Found>();
	for (const name of Object.keys(settings) as SettingName[]) {
		for (const [source, read] of layers) {
			const text = read(name)?.trim();
			if (!text) continue;
			const place = placeOf(name, source, file);
			const value = () => readAt(place, text, settings[name].reader);
			found.set(name, { text, source, value });
			break;
		}
	}
	return new Config(found, sandbox, {
		world,
		warnings: [...unused, ...(await warningsAbout(envFile, file, world))],
		wait: flags.wait ?? false,
	});
}

interface Found {
	text: string;
	source: Source;
	/** @throws IgwhError `usage` */
	value(): string;
}

const defaultPath = ".env";

/** Where a setting's text was typed; a secret's text is not shown. */
function placeOf(name: SettingName, source: Source, file: string): Place {
	const { env, secret } = settings[name] as Setting;
	if (source === "flag") return (text) => `${flagName(name)} ${quoted(text)}`;
	const where = source === "env file" ? file : `the ${source}`;
	return (text) => `${secret ? env : `${env}=${text}`} in ${where}`;
}

/** The settings in force, each with where it came from. Secrets come wrapped. */
export class Config {
	readonly #found: Map<SettingName, Found>;
	readonly #world: World;
	/** What a person should know about where the settings come from. */
	readonly warnings: readonly string[];
	/** Wait out Meta's rate limits. */
	readonly wait: boolean;
	readonly #asked = new Map<SecretName, Promise<Secret>>();
	readonly #typed: string[] = [];

	constructor(
		found: Map<SettingName, Found>,
		readonly sandbox: boolean,
		{
			world,
			warnings,
			wait,
		}: { world: World; warnings: readonly string[]; wait: boolean },
	) {
		this.#found = found;
		this.#world = world;
		this.warnings = warnings;
		this.wait = wait;
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

	/** Reads the settings that a command uses. @throws IgwhError `usage` where a value cannot be read */
	check(names: readonly SettingName[]): void {
		for (const name of names) this.#found.get(name)?.value();
	}

	/** @throws IgwhError `configuration` where the setting has no value */
	need(name: PlainName): string {
		const value = this.get(name);
		if (value === undefined) throw missingSettings([name]);
		return value;
	}

	/**
	 * Names every setting at once that is missing. At a terminal, secrets alone
	 * are asked for later.
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

	/** Keeps a value out of all that is printed from now on. */
	hide(value: string): void {
		this.#typed.push(value);
	}

	/** What must never be printed, typed secrets included. The sandbox's credentials are public. */
	hiddenValues(): string[] {
		const found = [...this.#found]
			.filter(([name, { source }]) => {
				const { secret } = settings[name] as Setting;
				return secret && source !== "sandbox";
			})
			.map(([, { text }]) => text);
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

async function openEnvFile(
	path: string | undefined,
	{ files }: World,
): Promise<EnvFile> {
	const bytes = await files.readBytes(path ?? defaultPath);
	if (bytes !== undefined) return readEnvFile(bytes, path ?? defaultPath);
	if (path === undefined) return { values: {}, warnings: [] };
	throw new IgwhError(
		"configuration",
		`there is no env file ${path}`,
		`check the path given with --dotenv or ${switches.dotenv}`,
	);
}

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

async function warningsAbout(
	{ values, warnings }: EnvFile,
	file: string,
	{ env, files }: World,
): Promise<string[]> {
	const secrets = Object.values<Setting>(settings).filter(
		({ env, secret }) => secret && values[env],
	);
	return [
		...warnings,
		...unknownNames(env, "the environment"),
		...unknownNames(values, file),
		...(secrets.length > 0 && (await files.isReadableByOthers(file))
			? [
					`${file} contains secrets, and other users of this machine can read it: chmod 600 ${quoted(file)}`,
				]
			: []),
	];
}

function unknownNames(values: World["env"], where: string): string[] {
	return Object.keys(values)
		.filter((name) => /^igwh_/i.test(name) && !environmentNames.includes(name))
		.map(
			(name) =>
				`${name} in ${where} is not a setting; did you mean ${nearest(name.toUpperCase(), environmentNames)}?`,
		);
}
