import type { World } from "../world.ts";

/** How many refused deliveries are stored at once, and how many a second after that. */
const burst = 200;
const perSecond = 20;

/**
 * Anyone can POST to a public callback URL, and storing a delivery costs a write to
 * the disk. Refused ones beyond this rate are answered, but not stored.
 */
export function refusedLimit({
	clock,
	terminal,
}: Pick<World, "clock" | "terminal">) {
	let left = burst;
	let since = clock.elapsed();
	let said = false;
	return {
		/** Whether one more refused delivery may be stored now. */
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
					`igwh: too many deliveries with an invalid signature: ${perSecond} per second are stored, the others are only answered 401`,
				);
			said = true;
			return false;
		},
	};
}
