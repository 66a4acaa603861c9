import type { Config } from "../config.ts";
import { asIgwhError } from "../igwh-error.ts";
import { webhookPath } from "../receiver/receiver.ts";
import type { SubscriptionRecord, TunnelRecord } from "../records.ts";
import type { Store } from "../store/store.ts";
import type { World } from "../world.ts";
import { moveCallback, type Taking } from "./take-callback.ts";

/** How long to wait before the app's callback is set again where that failed; the last one repeats. */
const waitsMs = [1000, 5000, 30_000];

/**
 * Points the app's callback at the tunnel's new address whenever it changes,
 * for as long as a callback is taken.
 */
export function followTunnel(
	taken: () => Taking | undefined,
	tell: (record: SubscriptionRecord) => void,
	store: Store,
	config: Config,
	world: World,
): { to(record: TunnelRecord): void; stop(): void } {
	let moving = new AbortController();
	let at: string | undefined;

	const move = async (callbackUrl: string, stopped: AbortSignal) => {
		for (let attempt = 0; !stopped.aborted; attempt++) {
			const taking = taken();
			if (!taking) return;
			try {
				const moved = await moveCallback(
					{ ...taking, callbackUrl },
					store,
					config,
					world,
				);
				if (moved) tell(moved);
				return;
			} catch (error) {
				world.terminal.note(
					`igwh: the app's callback does not follow to ${callbackUrl} yet: ${asIgwhError(error).message}`,
				);
				const wait = waitsMs[Math.min(attempt, waitsMs.length - 1)] ?? 0;
				await world.clock.sleep(wait, stopped);
			}
		}
	};

	return {
		to: ({ state, url }) => {
			if (state === "lost") return;
			const moved = at !== undefined && at !== url;
			at = url;
			if (!moved) return;
			moving.abort();
			moving = new AbortController();
			void move(`${url}${webhookPath}`, moving.signal);
		},
		stop: () => moving.abort(),
	};
}
