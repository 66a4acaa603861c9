import { parseEnv } from "node:util";
import { IgwhError } from "./igwh-error.ts";
import { Secret } from "./secret.ts";
import type { SigningSecret } from "./webhook/signature.ts";
import type { World } from "./world.ts";

/** Every setting: its environment name, what it is, and whether it is secret. */
export const settings = {
	appId: { env: "IGWH_APP_ID", what: "the Meta app's id" },
	appSecret: {
		env: "IGWH_APP_SECRET",
		what: "the app secret (App Dashboard, Settings, Basic)",
		secret: true,
	},
	instagramAppSecret: {
		env: "IGWH_INSTAGRAM_APP_SECRET",
		what: "the Instagram app secret, which signs for apps with Instagram Login",
		secret: true,
	},
	verifyToken: {
		env: "IGWH_VERIFY_TOKEN",
		what: "the verify token of the callback URL",
	},
	pageId: { env: "IGWH_PAGE_ID", what: "the Facebook page's id" },
	pageToken: {
		env: "IGWH_PAGE_TOKEN",
		what: "the page access token",
		secret: true,
	},
	userToken: {
		env: "IGWH_USER_TOKEN",
		what: "the user access token",
		secret: true,
	},
	igUserId: {
		env: "IGWH_IG_USER_ID",
		what: "the Instagram professional account's id",
	},
	graphUrl: {
		env: "IGWH_GRAPH_URL",
		what: "the Graph API's address",
		default: "https://graph.facebook.com",
	},
	apiVersion: {
		env: "IGWH_API_VERSION",
		what: "the Graph API version",
		default: "v25.0",
	},
	home: {
		env: "IGWH_HOME",
		what: "the folder of the store",
		default: ".igwh",
	},
} as const satisfies Record<string, Setting>;

interface Setting {
	env: string;
	what: string;
	secret?: true;
	default?: string;
}

export type SettingName = keyof typeof settings;
type SecretName = {
	[N in SettingName]: (typeof settings)[N] extends { secret: true } ? N : never;
}[SettingName];
type PlainName = Exclude<SettingName, SecretName>;
type DefaultedName = "graphUrl" | "apiVersion" | "home";

export type Source =
	| "flag"
	| "environment"
	| "env file"
	| "sandbox"
	| "default";

/** Values for every setting there is one for, as text. */
export type Settings = Partial<Record<SettingName, string>>;

export interface ConfigFlags extends Settings {
	envFile?: string;
	sandbox?: boolean;
}

/**
 * Reads the configuration: flag, then environment, then env file, then default.
 * With the sandbox, its own credentials come right after the flags, so that no
 * real token ever reaches it.
 * @param sandboxSettings what `--sandbox` stands for
 */
export async function loadConfig(
	flags: ConfigFlags,
	world: World,
	sandboxSettings: Settings,
): Promise<Config> {
	const envFile = await readEnvFile(flags.envFile, world);
	const sandbox =
		flags.sandbox ?? isOn(world.env.IGWH_SANDBOX ?? envFile.IGWH_SANDBOX);
	const layers: [Source, (name: SettingName) => string | undefined][] = [
		["flag", (name) => flags[name]],
		["sandbox", (name) => (sandbox ? sandboxSettings[name] : undefined)],
		["environment", (name) => world.env[settings[name].env]],
		["env file", (name) => envFile[settings[name].env]],
		["default", (name) => (settings[name] as Setting).default],
	];
	const found = new Map<SettingName, Found>();
	for (const name of Object.keys(settings) as SettingName[]) {
		for (const [source, read] of layers) {
			const value = read(name)?.trim();
			if (!value) continue;
			found.set(name, { value, source });
			break;
		}
	}
	return new Config(found, sandbox, world);
}

interface Found {
	value: string;
	source: Source;
}

/** The settings in force, each with where it came from. Secrets come wrapped. */
export class Config {
	readonly #found: ReadonlyMap<SettingName, Found>;
	readonly #world: World;
	readonly #asked = new Map<SecretName, Promise<Secret>>();
	readonly #typed: string[] = [];

	constructor(
		found: ReadonlyMap<SettingName, Found>,
		readonly sandbox: boolean,
		world: World,
	) {
		this.#found = found;
		this.#world = world;
	}

	get<N extends PlainName>(
		name: N,
	): N extends DefaultedName ? string : string | undefined {
		return this.#found.get(name)?.value as string;
	}

	secret(name: SecretName): Secret | undefined {
		const found = this.#found.get(name);
		return found && new Secret(found.value);
	}

	source(name: SettingName): Source | undefined {
		return this.#found.get(name)?.source;
	}

	/** @throws IgwhError `configuration` where the setting has no value */
	need(name: PlainName): string {
		const value = this.get(name);
		if (value === undefined) throw missing(name);
		return value;
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
		if (!this.#world.terminal.interactive) throw missing(name);
		const typed = await this.#world.prompts.secret(
			`${settings[name].env}, ${settings[name].what}`,
		);
		const secret = typed.trim();
		if (!secret) throw missing(name);
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
			.map(([, { value }]) => value);
		return [...found, ...this.#typed];
	}
}

const signerNames = {
	appSecret: "app secret",
	instagramAppSecret: "Instagram app secret",
} as const;

function missing(name: SettingName): IgwhError {
	const { env, what, secret } = settings[name] as Setting;
	const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
	return new IgwhError(
		"configuration",
		`${env} is not set: ${what}`,
		secret
			? `put ${env}=… into .env or the environment, or try it offline with --sandbox`
			: `give ${flag}, or put ${env}=… into .env, or try it offline with --sandbox`,
	);
}

async function readEnvFile(
	path: string | undefined,
	world: World,
): Promise<Record<string, string | undefined>> {
	const text = await world.files.read(path ?? ".env");
	if (text !== undefined) return parseEnv(text);
	if (path === undefined) return {};
	throw new IgwhError(
		"configuration",
		`there is no env file ${path}`,
		"check the path given with --env-file",
	);
}

function isOn(value: string | undefined): boolean {
	return value !== undefined && !["", "0", "false", "no"].includes(value);
}
