import type { HeaderList, HttpResponse } from "./http.ts";
import { UnreachableError, type World } from "./world.ts";

export interface ProbeOptions {
	timeoutMs: number;
	/** GET where left out. */
	method?: "GET" | "HEAD";
	headers?: HeaderList;
	/** Ends the probe early, as a time-out would. */
	signal?: AbortSignal | undefined;
}

/** For probes that may pass through a tunnel: skips the warning pages of localtunnel and ngrok. */
export const tunnelHeaders: HeaderList = [
	["User-Agent", "igwh"],
	["Bypass-Tunnel-Reminder", "1"],
	["Ngrok-Skip-Browser-Warning", "1"],
];

/**
 * Sends one request without a body, to find out whether a server answers, and which.
 * @returns its response, whatever the status, or why there is none
 */
export async function probe(
	url: string,
	network: Pick<World["network"], "send">,
	{ timeoutMs, method = "GET", headers = [], signal }: ProbeOptions,
): Promise<HttpResponse | UnreachableError> {
	try {
		return await network.send({
			method,
			url,
			headers,
			body: new Uint8Array(),
			timeoutMs,
			...(signal && { signal }),
		});
	} catch (error) {
		if (error instanceof UnreachableError) return error;
		throw error;
	}
}
