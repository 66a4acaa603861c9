import { IgwhError } from "../igwh-error.ts";
import {
	flagName,
	type Setting,
	type SettingName,
	settings,
} from "./settings.ts";

/** A setting that is needed, or several of which one is enough, the usual one first. */
export type Need = SettingName | readonly [SettingName, ...SettingName[]];

/** Settings that have no value, each with where to find it. */
export function missingSettings(needs: readonly Need[]): IgwhError {
	const [only] = needs;
	if (needs.length === 1 && only !== undefined) return missingSetting(only);
	const names = needs.map((need) => namesOf(need)[0]);
	const width = Math.max(...names.map((name) => envOf(name).length));
	return new IgwhError(
		"configuration",
		`${needs.length} settings are missing: ${names.map(envOf).join(", ")}`,
		[
			...needs.map(
				(need, index) =>
					`${envOf(names[index] as SettingName).padEnd(width)}  ${described(need)}`,
			),
			"igwh init asks for them; or put them into .env as NAME=value, one on each line, or try it offline with --sandbox",
		].join("\n"),
	);
}

function missingSetting(need: Need): IgwhError {
	const [name] = namesOf(need);
	const { env, secret } = settings[name] as Setting;
	return new IgwhError(
		"configuration",
		`${env} is not set: ${described(need)}`,
		secret
			? `put ${env}=… into .env or the environment, or try it offline with --sandbox`
			: `give ${flagName(name)}, or put ${env}=… into .env, or try it offline with --sandbox`,
	);
}

function described(need: Need): string {
	const [name, ...others] = namesOf(need);
	const { what } = settings[name];
	const where = whereToFind[name];
	const instead = others.map((other) => `; or set ${envOf(other)}`).join("");
	return `${what}${where ? ` (${where})` : ""}${instead}`;
}

export function namesOf(need: Need): readonly [SettingName, ...SettingName[]] {
	return typeof need === "string" ? [need] : need;
}

function envOf(name: SettingName): string {
	return settings[name].env;
}

/** Where Meta shows a value, or who chooses it. */
const whereToFind: Partial<Record<SettingName, string>> = {
	appId: "App Dashboard, App settings, Basic",
	appSecret: "App Dashboard, App settings, Basic",
	instagramAppSecret:
		"App Dashboard, Instagram, API setup with Instagram login",
	verifyToken: "choose any: at most 64 letters and digits",
	pageId: "the page's About section, or: igwh subscribe --all --list",
	pageToken: "Graph API Explorer, User or Page: the page",
	userToken: "Graph API Explorer, User or Page: User Token",
	igUserId:
		"Graph API Explorer: GET /<page-id>?fields=instagram_business_account",
};
