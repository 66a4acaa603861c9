import type { Sandbox } from "../context.ts";
import { randomDigits } from "../new-id.ts";
import type { Media } from "./state.ts";

/**
 * The value of a `story_insights` change. Metrics below 5 are told as -1, as
 * Meta's documents say though their own sample does not (README: Deliveries).
 */
export function storyInsights(
	{ world }: Sandbox,
	{ id }: Media,
	{ low }: { low: boolean },
): Record<string, unknown> {
	const metrics = low
		? fewPeople
		: id === documented.id
			? documented.metrics
			: drawn(world);
	return {
		media_id: id,
		...Object.fromEntries(
			Object.entries(metrics).map(([name, count]) => [
				name,
				count < 5 ? -1 : count,
			]),
		),
	};
}

/** The story of Meta's sample payload. */
const documented = {
	id: "18023345989012587",
	metrics: {
		impressions: 28,
		reach: 17,
		taps_forward: 12,
		taps_back: 0,
		exits: 1,
		replies: 0,
	},
} as const;

/** A story that hardly anyone saw. */
const fewPeople = {
	impressions: 4,
	reach: 3,
	taps_forward: 1,
	taps_back: 0,
	exits: 1,
	replies: 0,
};

/** Numbers that fit together: nobody taps a story that was not shown. */
function drawn({ randomBytes }: Sandbox["world"]): Record<string, number> {
	const upTo = (most: number) => Number(randomDigits(randomBytes, 9)) % most;
	const reach = 20 + upTo(400);
	return {
		impressions: reach + upTo(reach),
		reach,
		taps_forward: upTo(reach),
		taps_back: upTo(20),
		exits: upTo(40),
		replies: upTo(12),
	};
}
