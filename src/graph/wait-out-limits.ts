import type { Config } from "../config/config.ts";
import type { World } from "../world.ts";
import { GraphRefusal } from "./graph-error.ts";

/** Does some work, and does it again once a rate limit that stopped it is over. */
export type WaitOut = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Meta counts calls per hour (webhook/README: Rate limits). Where it does not say how long
 * a limit lasts, it is asked again every 15 minutes, for that hour.
 */
const unstatedMinutes = 15;
const maxUnstatedWaits = 4;

/**
 * With `--wait` a rate limit is waited out, for as long as Meta says; without,
 * its refusal is thrown. All work of one `WaitOut` waits for the same limit.
 */
export function limitWaiter(config: Config, world: World): WaitOut {
	return config.wait ? waitingOut(world) : (work) => work();
}

function waitingOut(world: World): WaitOut {
	let limit: { refusal: GraphRefusal; over: Promise<void> } | undefined;
	const whileLimited = async () => {
		if (!limit) return;
		const { refusal, over } = limit;
		await over;
		if (world.interrupt.aborted) throw refusal.interrupted();
	};
	return async (work) => {
		let unstated = 0;
		for (;;) {
			await whileLimited();
			try {
				return await work();
			} catch (error) {
				if (!isLimit(error) || unstated === maxUnstatedWaits) throw error;
				// Whoever calls while igwh ends, e.g. to restore a callback, cannot wait.
				if (world.interrupt.aborted) throw error;
				if (error.waitMinutes === 0) unstated++;
				limit ??= {
					refusal: error,
					over: wait(error, world).then(() => {
						limit = undefined;
					}),
				};
			}
		}
	};
}

function isLimit(error: unknown): error is GraphRefusal {
	return error instanceof GraphRefusal && error.code === "rate-limit";
}

async function wait(
	{ graphCode, waitMinutes }: GraphRefusal,
	{ clock, terminal, interrupt }: World,
): Promise<void> {
	const minutes = waitMinutes || unstatedMinutes;
	terminal.note(
		`igwh: Meta's rate limit is reached (code ${graphCode}): waiting ${minutes === 1 ? "1 minute" : `${minutes} minutes`}, then continuing`,
	);
	for (let left = minutes * 60; left > 0 && !interrupt.aborted; left--) {
		terminal.progress(`rate limit: continuing in ${timeLeft(left)}`);
		await clock.sleep(1000, interrupt);
	}
	terminal.progress("");
}

/** `11:59` */
function timeLeft(seconds: number): string {
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
