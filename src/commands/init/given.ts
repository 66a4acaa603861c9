import type { Config, Settings } from "../../config/config.ts";
import { type SettingName, settings } from "../../config/settings.ts";
import type { World } from "../../world.ts";
import { cleanPasted, kindOf } from "./pasted.ts";

/** The settings that init sets up. */
export const names = [
	"appId",
	"appSecret",
	"userToken",
	"pageId",
	"pageToken",
	"instagramToken",
	"instagramAppSecret",
	"igUserId",
	"verifyToken",
] as const satisfies SettingName[];

/**
 * What is known before anything is asked: by flag, environment or env file. With
 * the sandbox its own values count only where nobody can type them.
 * @param inFile the values of the file that will be written, by environment name
 */
export function givenValues(
	config: Config,
	inFile: World["env"],
	{ interactive }: { interactive: boolean },
): Settings {
	const values: Settings = {};
	for (const name of names) {
		const sandboxed = config.source(name) === "sandbox";
		const text = sandboxed
			? inFile[settings[name].env] ||
				(interactive ? undefined : config.typed(name))
			: config.typed(name);
		if (text) values[name] = cleanPasted(text);
	}
	return values;
}

/**
 * Puts two values that stand in each other's place where they belong.
 * @returns what was changed, if anything
 */
export function unswap(values: Settings): string | undefined {
	const { appId = "", appSecret = "", pageId, igUserId } = values;
	if (kindOf(appId) === "an app secret" && /^\d+$/.test(appSecret)) {
		Object.assign(values, { appId: appSecret, appSecret: appId });
		return "IGWH_APP_ID held the app secret and IGWH_APP_SECRET the id: they are exchanged";
	}
	const isAccount = kindOf(pageId ?? "") === "the id of an Instagram account";
	if (isAccount && pageId && igUserId && !kindOf(igUserId)?.includes("Insta")) {
		Object.assign(values, { pageId: igUserId, igUserId: pageId });
		return "IGWH_PAGE_ID held the Instagram account's id and IGWH_IG_USER_ID the page's: they are exchanged";
	}
	return undefined;
}
