import type { Clock } from "../world.ts";

/** How long an output may block once the run is interrupted, in milliseconds. */
export const blockedMs = 500;

/**
 * Waits until written output has been read: without a limit while the run
 * continues, since a reader may be slow, and up to the limit once it is
 * interrupted. After one time-out it no longer waits.
 */
export function boundedWait(
	interrupt: AbortSignal,
	clock: Pick<Clock, "sleep">,
): (work: () => Promise<void>) => Promise<void> {
	let blocked = false;
	// One listener for all waits: a load test has a million of them.
	let giveUp: (() => void) | undefined;
	let done = new AbortController();
	const limit = async () => {
		const wait = giveUp;
		done = new AbortController();
		await clock.sleep(blockedMs, done.signal);
		if (giveUp !== wait) return;
		blocked = true;
		wait?.();
	};
	interrupt.addEventListener("abort", () => giveUp && void limit(), {
		once: true,
	});
	return async (work) => {
		if (blocked) return;
		try {
			await new Promise<void>((resolve, reject) => {
				giveUp = () => resolve();
				if (interrupt.aborted) void limit();
				work().then(resolve, reject);
			});
		} finally {
			giveUp = undefined;
			done.abort();
		}
	};
}
