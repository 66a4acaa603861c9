import type { Clock } from "../world.ts";

/** How long an output may block once the run is interrupted, in milliseconds. */
export const blockedMs = 500;

/**
 * Waits for what is written to be taken: for ever while the run goes on, since a
 * reader may be slow, but not once it is interrupted. After one wait in vain it
 * waits no more.
 */
export function boundedWait(
	interrupt: AbortSignal,
	clock: Pick<Clock, "sleep">,
): (work: () => Promise<void>) => Promise<void> {
	let blocked = false;
	// One listener for all waits: a load has a million of them.
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
