import type { Config } from "../config.ts";
import { IgwhError } from "../igwh-error.ts";
import { webhookPath } from "../receiver/receiver.ts";
import { findNgrok } from "./find-ngrok.ts";
import {
	type Keeping,
	type KeptUrl,
	keepTunnel,
	watchPublicUrl,
} from "./keep-public-url.ts";

export interface PublishInput {
	/** Left out: a tunnel, but none with the sandbox, which is on this machine. */
	tunnel: boolean | undefined;
	publicUrl: string | undefined;
	tunnelHost: string;
	subdomain: string | undefined;
	/** `false`: a public URL of the user's own is not tested. */
	check?: boolean | undefined;
}

/**
 * Makes the receiver reachable from outside, where that is wanted: by the URL
 * given, by an ngrok agent that leads here already, or by a tunnel.
 * @throws IgwhError `tunnel`, `usage`
 */
export async function publish(
	input: PublishInput,
	config: Config,
	port: number,
	keeping: Keeping,
): Promise<KeptUrl | undefined> {
	if (input.publicUrl !== undefined)
		return own(checkedPublicUrl(input.publicUrl), input, keeping);
	if (!(input.tunnel ?? !config.sandbox)) return undefined;
	const { subdomain, tunnelHost: host } = input;
	const ngrok = subdomain ? undefined : await findNgrok(port, keeping.world);
	if (ngrok) return own(ngrok, input, keeping);
	return keepTunnel({ port, host: checkedHost(host), subdomain }, keeping);
}

function own(
	url: string,
	{ check }: PublishInput,
	keeping: Keeping,
): Promise<KeptUrl> | KeptUrl {
	return check === false
		? { url, close: () => {} }
		: watchPublicUrl(url, keeping);
}

function checkedPublicUrl(typed: string): string {
	if (!URL.canParse(typed) || new URL(typed).protocol !== "https:")
		throw new IgwhError(
			"usage",
			`--public-url ${typed} is not an https URL`,
			"Meta calls https only: give the tunnel's address, such as https://name.example",
		);
	const { origin, pathname } = new URL(typed);
	return `${origin}${pathname.replace(/\/+$/, "")}`.replace(
		new RegExp(`${webhookPath}$`),
		"",
	);
}

function checkedHost(typed: string): string {
	if (URL.canParse(typed) && /^https?:$/.test(new URL(typed).protocol))
		return new URL(typed).origin;
	throw new IgwhError(
		"usage",
		`--tunnel-host ${typed} is not a URL`,
		"give the address of a localtunnel server, such as https://localtunnel.me",
	);
}
