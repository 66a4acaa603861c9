import type { Config } from "../config/config.ts";
import type { Secret } from "../config/secret.ts";
import { IgwhError } from "../igwh-error.ts";

/**
 * The two ways a person gives an app access to their Instagram account: Facebook
 * Login through a page (`EAA…` tokens, graph.facebook.com), or Instagram Login
 * (`IGAA…` tokens, graph.instagram.com).
 */
export type Login = "facebook" | "instagram";

export const loginNames: Readonly<Record<Login, string>> = {
	facebook: "Facebook Login",
	instagram: "Instagram Login",
};

/** The login that issued a token; older tokens of Instagram Login begin with `IG` alone. */
export function loginOfToken(token: Secret): Login {
	return /^IG/.test(token.reveal()) ? "instagram" : "facebook";
}

/** The login in use: as set with IGWH_LOGIN, or that of the first token that is configured. */
export function loginOf(config: Config): Login {
	const set = config.get("login");
	if (set !== undefined) return set as Login;
	const token =
		config.secret("pageToken") ??
		config.secret("userToken") ??
		config.secret("instagramToken");
	return token ? loginOfToken(token) : "facebook";
}

/** The access token of Instagram Login, wherever it was put. @throws IgwhError `configuration` */
export async function instagramToken(config: Config): Promise<Secret> {
	const misplaced = [config.secret("userToken"), config.secret("pageToken")];
	return (
		config.secret("instagramToken") ??
		misplaced.find((token) => token && loginOfToken(token) === "instagram") ??
		config.needSecret("instagramToken")
	);
}

/**
 * Where a login's calls go. Calls with the app's own token go to
 * graph.facebook.com with either. A sandbox or a proxy serves graph.instagram.com
 * below `/instagram`.
 */
export function graphUrlOf(login: Login, graphUrl: string): string {
	const url = new URL(graphUrl);
	if (/^graph\.(facebook|instagram)\.com$/.test(url.hostname))
		url.hostname = `graph.${login}.com`;
	else if (login === "instagram" && !/\/instagram\/?$/.test(url.pathname))
		url.pathname = `${url.pathname.replace(/\/+$/, "")}/instagram`;
	else if (login === "facebook")
		url.pathname = url.pathname.replace(/\/instagram\/?$/, "");
	return url.href.replace(/\/+$/, "");
}

/** What only one of the logins can do. */
interface Feature {
	login: Login;
	/** Completes the sentence `Instagram Login cannot …`. */
	what: string;
	/** What to do with the other login. */
	instead: string;
}

const useFacebook =
	"use Facebook Login for it: set IGWH_USER_TOKEN or IGWH_PAGE_TOKEN, and --login facebook";

const features = {
	pages: {
		login: "facebook",
		what: "list or subscribe pages",
		instead:
			"its accounts are subscribed directly: igwh subscribe, with the Instagram account's id or none",
	},
	"read-mentions": {
		login: "facebook",
		what: "read the comments and captions that mention an account",
		instead: `read comments on the account's own media, or ${useFacebook}`,
	},
	"debug-token": {
		login: "facebook",
		what: "inspect a token",
		instead: "read the account with it: igwh doctor --only token",
	},
	"mentions-field": {
		login: "facebook",
		what: "subscribe to mentions",
		instead: `mentions in comments on own media arrive as comments; for all others ${useFacebook}`,
	},
	"story-insights-field": {
		login: "facebook",
		what: "subscribe to story_insights",
		instead: useFacebook,
	},
	"account-subscription": {
		login: "instagram",
		what: "subscribe an Instagram account itself",
		instead:
			"subscribe the page it is linked to: igwh subscribe <page-id>, or use --login instagram with IGWH_INSTAGRAM_TOKEN",
	},
} as const satisfies Record<string, Feature>;

export type FeatureName = keyof typeof features;

/** The login in use cannot do what was asked for. */
export class NotWithLogin extends IgwhError {}

/** Refuses before the call what Meta would refuse less clearly. @throws NotWithLogin */
export function requireFeature(name: FeatureName, login: Login): void {
	const { login: needed, what, instead }: Feature = features[name];
	if (needed !== login)
		throw new NotWithLogin(
			"configuration",
			`${loginNames[login]} cannot ${what}`,
			instead,
		);
}

/** The fields that a login does not deliver. */
const fieldFeatures: Readonly<Record<string, FeatureName>> = {
	mentions: "mentions-field",
	story_insights: "story-insights-field",
};

/** The fields of a list that the login delivers. */
export function fieldsOfLogin(
	fields: readonly string[],
	login: Login,
): string[] {
	return fields.filter(
		(field) => login === "facebook" || !Object.hasOwn(fieldFeatures, field),
	);
}

/** @throws NotWithLogin for a field that the login does not deliver */
export function requireFields(fields: readonly string[], login: Login): void {
	for (const field of fields) {
		const feature = fieldFeatures[field];
		if (feature) requireFeature(feature, login);
	}
}
