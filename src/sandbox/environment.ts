import { settings } from "../config/settings.ts";
import { sandboxCredentials } from "./credentials.ts";

/** The `IGWH_*` variables that point a program at a sandbox. */
export function sandboxEnvironment(url: string): Record<string, string> {
	const values = { ...sandboxCredentials, graphUrl: url };
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => [
			settings[name as keyof typeof values].env,
			value,
		]),
	);
}
