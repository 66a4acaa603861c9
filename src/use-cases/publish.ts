import type { Config } from "../config.ts";
import { IgwhError } from "../igwh-error.ts";
import { webhookPath } from "../receiver/receiver.ts";
import type { Exposure, Supervision } from "../tunnel/exposure.ts";
import { superviseTunnel } from "../tunnel/tunnel-supervisor.ts";
import { watchPublicUrl } from "../tunnel/watch-public-url.ts";
import { findNgrok } from "./find-ngrok.ts";

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
	supervision: Supervision,
): Promise<Exposure | undefined> {
	if (input.publicUrl !== undefined)
		return own(checkedPublicUrl(input.publicUrl), input, supervision);
	if (!(input.tunnel ?? !config.sandbox)) return undefined;
	const { subdomain, tunnelHost: host } = input;
	const ngrok = subdomain
		? undefined
		: await findNgrok(port, supervision.world);
	if (ngrok) return own(ngrok, input, supervision);
	return superviseTunnel(
		{ port, host: checkedHost(host), subdomain },
		supervision,
	);
}

function own(
	url: string,
	{ check }: PublishInput,
	supervision: Supervision,
): Promise<Exposure> | Exposure {
	return check === false
		? { url, close: () => {} }
		: watchPublicUrl(url, supervision);
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
