import type { Config } from "../config/config.ts";
import type { Exposure, Supervision } from "./exposure.ts";
import { findNgrok } from "./find-ngrok.ts";
import { superviseTunnel } from "./tunnel-supervisor.ts";
import { watchPublicUrl } from "./watch-public-url.ts";

export interface ExposeInput {
	/** Undefined: a tunnel, except with the sandbox, which runs on this machine. */
	tunnel: boolean | undefined;
	/** Without the receiver's path. */
	publicUrl: string | undefined;
	tunnelHost: string;
	subdomain: string | undefined;
	/** `false`: the user's own public URL is not tested. */
	check?: boolean | undefined;
}

/**
 * Makes the receiver reachable from outside, where that is wanted: through the
 * given URL, an ngrok agent that forwards to the port, or a tunnel.
 * @throws IgwhError `tunnel`
 */
export async function expose(
	input: ExposeInput,
	config: Config,
	port: number,
	supervision: Supervision,
): Promise<Exposure | undefined> {
	if (input.publicUrl !== undefined)
		return own(input.publicUrl, input, supervision);
	if (!(input.tunnel ?? !config.sandbox)) return undefined;
	const { subdomain, tunnelHost: host } = input;
	const ngrok = subdomain
		? undefined
		: await findNgrok(port, supervision.world);
	if (ngrok) return own(ngrok, input, supervision);
	return superviseTunnel({ port, host, subdomain }, supervision);
}

function own(
	url: string,
	{ check }: ExposeInput,
	supervision: Supervision,
): Promise<Exposure> | Exposure {
	return check === false
		? { url, close: () => {} }
		: watchPublicUrl(url, supervision);
}
