import type { World } from "../world.ts";

/** How many refused deliveries are stored at once, and how many a second after that. */
const burst = 200;
const perSecond = 20;

/**
 * Anyone can POST to a public callback URL, and every delivery that is stored
 * costs a write to the disk. Refused ones beyond this rate are only answered.
 */
export function refusedLimit({
	clock,
	terminal,
}: Pick<World, "clock" | "terminal">) {
	let left = burst;
	let since = clock.elapsed();
	let said = false;
	return {
		/** May one more refused delivery be stored now? */
		mayStore(): boolean {
			const now = clock.elapsed();
			left = Math.min(burst, left + ((now - since) / 1000) * perSecond);
			since = now;
			if (left >= 1) {
				left--;
				return true;
			}
			if (!said)
				terminal.note(
					`igwh: more deliveries with a bad signature arrive than are stored (${perSecond} a second); the others are answered 401 and left out`,
				);
			said = true;
			return false;
		},
	};
}
