import type { Config, SettingName } from "../../config/config.ts";
import { settings } from "../../config/settings.ts";
import type { Facts } from "./facts.ts";
import {
	fail,
	type LiveCheck,
	type LiveJudgement,
	pass,
	sources,
	warn,
} from "./live-check.ts";

/** Are the settings there, and where does each come from? */
export const configChecks: readonly LiveCheck[] = [
	{
		id: "config.app",
		title: "the app's id and secret are configured",
		judge: ({ config }) => allOf(["appId", "appSecret"], config),
		fix: "set them with: igwh init",
		why: "Subscriptions of the app are read and changed with the token <app id>|<app secret>. Both are in the App Dashboard under App settings, Basic.",
		source: sources.subscriptions,
	},
	{
		id: "config.token",
		title: "an access token is configured",
		judge: ({ config }) =>
			anyOf(["pageToken", "userToken", "instagramToken"], config),
		fix: "get one with: igwh init",
		why: "The page's, or with Instagram Login the account's, subscription is read with its access token. Without one, half of the conditions of live delivery cannot be read.",
		source: sources.tokens,
	},
	{
		id: "config.verify-token",
		title: "the verify token is configured, and Meta accepts its form",
		judge: judgeVerifyToken,
		fix: "set IGWH_VERIFY_TOKEN to the verify token of your receiver: 64 letters, digits, _ and - at most",
		why: "Meta sends the verify token with every handshake, and the receiver compares it. Tokens longer than 64 characters, or with special characters, are refused in the dashboard without a reason.",
		source: sources.handshake,
	},
	{
		id: "config.signing-secret",
		title: "the secret that signs deliveries is configured",
		login: "instagram",
		judge: ({ config }) => allOf(["instagramAppSecret"], config),
		fix: "set IGWH_INSTAGRAM_APP_SECRET: App Dashboard, Instagram, API setup with Instagram login",
		why: "With Instagram Login, Meta signs deliveries with the Instagram app secret, which is not the app secret under Basic. A receiver that has only the other one refuses every delivery.",
		source: sources.webhooks,
	},
];

function allOf(names: readonly SettingName[], config: Config): LiveJudgement {
	const missing = names.filter((name) => config.source(name) === undefined);
	return missing.length > 0
		? fail(`${missing.map(environmentName).join(" and ")} not set`)
		: pass(origins(names, config));
}

function anyOf(names: readonly SettingName[], config: Config): LiveJudgement {
	const present = names.filter((name) => config.source(name) !== undefined);
	return present.length === 0
		? fail(`none of ${names.map(environmentName).join(", ")} is set`)
		: pass(origins(present, config));
}

function judgeVerifyToken({ config }: Facts): LiveJudgement {
	const token = config.get("verifyToken");
	if (token === undefined) return fail("IGWH_VERIFY_TOKEN not set");
	if (token.length > 64)
		return warn(`it has ${token.length} characters; Meta accepts 64`);
	if (!/^[\w-]+$/.test(token))
		return warn("it has characters other than letters, digits, _ and -");
	return pass(origins(["verifyToken"], config));
}

/** `IGWH_APP_ID from the env file`; the value of a secret is not shown. */
function origins(names: readonly SettingName[], config: Config): string {
	return names
		.map((name) => {
			const source = config.source(name);
			const where =
				source === "flag" || source === "sandbox"
					? `a ${source}`
					: `the ${source}`;
			return `${environmentName(name)} from ${where.replace("a sandbox", "the sandbox")}`;
		})
		.join(", ");
}

function environmentName(name: SettingName): string {
	return settings[name].env;
}
