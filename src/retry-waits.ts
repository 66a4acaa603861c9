/**
 * For a tunnel. Each second without one is a second in which deliveries fail, so
 * the first attempt is made at once, and the next one soon: a new name may take a
 * while to work. Five seconds do not burden a server that is down.
 */
export const tunnelWaitsMs = [0, 100, 1000, 5000] as const;

/**
 * For Graph calls that have just failed, so never at once: each attempt counts
 * towards the app's rate limit. Half a minute is short beside the 36 hours for
 * which Meta retries a delivery (webhook/README: Retries).
 */
export const graphWaitsMs = [1000, 5000, 30_000] as const;

/** How long to wait before an attempt, counted from 0; the last wait repeats. */
export function waitBefore(attempt: number, waits: readonly number[]): number {
	return waits[Math.min(attempt, waits.length - 1)] ?? 0;
}
