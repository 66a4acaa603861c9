import type { Config } from "./config.ts";
import type { Need } from "./missing-settings.ts";

/** The app whose secret signs: the Meta app, or the Instagram app in it. */
export type SecretFrom = "app" | "instagram";

/** The setting that signing needs. */
export function signingNeed(from: SecretFrom | undefined): Need {
	if (from === undefined) return ["appSecret", "instagramAppSecret"];
	return from === "app" ? "appSecret" : "instagramAppSecret";
}

/** The secret to sign with; the first there is, if none is named. @throws IgwhError `configuration` */
export async function signingSecret(
	from: SecretFrom | undefined,
	config: Config,
): Promise<string> {
	if (from === undefined)
		return (await config.needSigningSecrets())[0]?.value ?? "";
	const name = from === "app" ? "appSecret" : "instagramAppSecret";
	return (await config.needSecret(name)).reveal();
}
