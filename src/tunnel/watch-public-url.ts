import type { Exposure, Supervision } from "./exposure.ts";
import { checkFirst } from "./first-health-check.ts";
import { healthProblem, untilUnhealthy } from "./health-check.ts";

/** The pause between two checks while they fail. */
const retryMs = 5000;

/**
 * Watches the user's own public URL: reports when health checks through it fail,
 * and when they pass again.
 * @throws IgwhError `tunnel` where they fail at the start
 */
export async function watchPublicUrl(
	url: string,
	supervision: Supervision,
): Promise<Exposure> {
	const { emit, world } = supervision;
	const closing = new AbortController();
	const closed = closing.signal;
	const address = { url, entry: url };
	await checkFirst(address, supervision);
	const watch = async () => {
		while (!closed.aborted) {
			const reason = await untilUnhealthy(address, supervision, closed);
			if (closed.aborted) return;
			emit({ type: "tunnel", state: "lost", url, reason });
			while (await healthProblem(address, supervision, closed)) {
				await world.clock.sleep(retryMs, closed);
				if (closed.aborted) return;
			}
			emit({ type: "tunnel", state: "reopened", url });
		}
	};
	void watch();
	emit({ type: "tunnel", state: "open", url });
	return { url, close: () => closing.abort() };
}
