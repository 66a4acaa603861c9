import { stringify } from "csv-stringify/sync";
import type { StoredStory } from "../../store/stories.ts";
import { storyMetrics, storyRates } from "../../webhook/story-metrics.ts";
import type { StoryRowRecord } from "./records.ts";

/**
 * Fewer than five is written as `<5`: spreadsheets leave text out of their sums.
 * Strangers choose the ids, so no cell may begin a formula.
 */
export function* csvRows(
	stories: readonly StoredStory[],
): Generator<StoryRowRecord> {
	const row = (cells: readonly (string | number | null | undefined)[]) => ({
		type: "row" as const,
		line: stringify([cells], { escape_formulas: true, eof: false }),
	});
	const heads = ["account_id", "media_id", "received_at", ...storyMetrics];
	yield row([...heads, "completion_rate", "exit_rate"]);
	for (const { accountId, mediaId, receivedAt, numbers } of stories) {
		const { completionRate, exitRate } = storyRates([numbers]);
		yield row([
			accountId,
			mediaId,
			new Date(receivedAt).toISOString(),
			...storyMetrics.map((metric) =>
				numbers[metric] === null ? "<5" : numbers[metric],
			),
			completionRate,
			exitRate,
		]);
	}
}
