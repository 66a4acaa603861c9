import { apiVersion, id } from "../readers/id.ts";
import { oneOf } from "../readers/name.ts";
import type { Reader } from "../readers/reader.ts";
import { path, token, verifyToken } from "../readers/text.ts";
import { baseUrl } from "../readers/url.ts";

export interface Setting {
	env: string;
	what: string;
	reader: Reader<string>;
	/** What the help shows after its flag. */
	placeholder?: string;
	/** It has no flag, and is never shown. */
	secret?: true;
	default?: string;
	/** Where the value comes from if it is not set. */
	inferred?: string;
}

/** Every setting; one line declares its environment name, its flag and its reader. */
export const settings = {
	appId: plain("IGWH_APP_ID", "Meta app ID", "<id>", id),
	appSecret: secret("IGWH_APP_SECRET", "app secret"),
	instagramAppSecret: secret(
		"IGWH_INSTAGRAM_APP_SECRET",
		"Instagram app secret, which signs for apps with Instagram Login",
	),
	verifyToken: plain(
		"IGWH_VERIFY_TOKEN",
		"verify token of the callback URL",
		"<text>",
		verifyToken,
	),
	pageId: plain("IGWH_PAGE_ID", "Facebook page ID", "<id>", id),
	pageToken: secret("IGWH_PAGE_TOKEN", "page access token"),
	userToken: secret("IGWH_USER_TOKEN", "user access token"),
	instagramToken: secret(
		"IGWH_INSTAGRAM_TOKEN",
		"access token of Instagram Login (IGAA…)",
	),
	login: {
		...plain(
			"IGWH_LOGIN",
			"login in use: facebook or instagram",
			"<name>",
			oneOf(["facebook", "instagram"]),
		),
		inferred: "from the token's prefix",
	},
	igUserId: plain(
		"IGWH_IG_USER_ID",
		"Instagram professional account ID",
		"<id>",
		id,
	),
	graphUrl: {
		...plain("IGWH_GRAPH_URL", "Graph API address", "<url>", baseUrl),
		default: "https://graph.facebook.com",
	},
	apiVersion: {
		...plain("IGWH_API_VERSION", "Graph API version", "<version>", apiVersion),
		default: "v25.0",
	},
	home: {
		...plain("IGWH_HOME", "folder of the store", "<folder>", path(".igwh")),
		default: ".igwh",
	},
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;
export type SecretName = {
	[N in SettingName]: (typeof settings)[N] extends { secret: true } ? N : never;
}[SettingName];
export type PlainName = Exclude<SettingName, SecretName>;
export type DefaultedName = {
	[N in SettingName]: (typeof settings)[N] extends { default: string }
		? N
		: never;
}[SettingName];

/** The settings for calling the Graph API. */
export const graphSettings = [
	"graphUrl",
	"apiVersion",
	"appId",
	"appSecret",
	"pageId",
	"pageToken",
	"userToken",
	"instagramToken",
	"login",
] as const satisfies SettingName[];

/** The secrets that may sign a delivery. */
export const signingSettings = [
	"appSecret",
	"instagramAppSecret",
] as const satisfies SettingName[];

/** Environment names that are not settings: where to find the settings, and how to report errors. */
export const switches = {
	sandbox: "IGWH_SANDBOX",
	dotenv: "IGWH_DOTENV",
	profile: "IGWH_PROFILE",
	debug: "IGWH_DEBUG",
} as const;

/** The environment name of a command whose output is a secret: `IGWH_APP_SECRET_COMMAND`. */
export function commandName({ env }: Pick<Setting, "env">): string {
	return `${env}_COMMAND`;
}

export const environmentNames: readonly string[] = [
	...Object.values<Setting>(settings).flatMap((setting) =>
		setting.secret ? [setting.env, commandName(setting)] : [setting.env],
	),
	...Object.values(switches),
];

/** `appId` as a flag: `--app-id`. */
export function flagName(key: string): string {
	return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function plain(
	env: string,
	what: string,
	placeholder: string,
	reader: Reader<string>,
) {
	return { env, what, placeholder, reader };
}

function secret(env: string, what: string) {
	return { env, what, reader: token, secret: true } as const;
}
