import { healthTarget, isHealthy } from "../receiver/receiver.ts";
import { UnreachableError, type World } from "../world.ts";

/** A public address and where requests to it are sent. */
export interface PublicWay {
	url: string;
	entry: string;
}

/** How long a request through the public URL may take. */
export const healthTimeoutMs = 10_000;

/**
 * Asks this listener for itself, all the way through its public URL.
 * @returns why nothing came through; nothing where it did
 */
export async function healthProblem(
	{ url, entry }: PublicWay,
	healthToken: string,
	{ network }: Pick<World, "network">,
	signal?: AbortSignal,
): Promise<string | undefined> {
	try {
		const answer = await network.send({
			method: "GET",
			url: `${entry}${healthTarget(healthToken)}`,
			headers: [
				["Host", new URL(url).host],
				["User-Agent", "igwh"],
				// What localtunnel and ngrok take instead of a click on their page.
				["Bypass-Tunnel-Reminder", "1"],
				["Ngrok-Skip-Browser-Warning", "1"],
			],
			body: Buffer.from(""),
			timeoutMs: healthTimeoutMs,
			...(signal && { signal }),
		});
		return isHealthy(answer, healthToken)
			? undefined
			: `something else answers there, with ${answer.status}`;
	} catch (error) {
		if (error instanceof UnreachableError) return error.message;
		throw error;
	}
}
