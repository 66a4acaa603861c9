import { IgwhError } from "../igwh-error.ts";
import { webhookPath } from "../receiver/receiver.ts";

/**
 * The receiver that was named: a whole URL, or the port of one on this machine.
 * @param name what was typed before it, for the person
 * @throws IgwhError `usage`
 */
export function targetUrl(typed: string, name: string): string {
	const url = /^\d+$/.test(typed)
		? `http://127.0.0.1:${typed}${webhookPath}`
		: typed;
	if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
	throw new IgwhError(
		"usage",
		`${name}${typed} is not a URL`,
		"give a whole URL, or the port of a receiver, e.g. http://127.0.0.1:3000/webhook",
	);
}
