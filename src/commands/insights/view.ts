import type { Theme } from "../../cli/theme.ts";
import { type StoryMetric, storyMetrics } from "../../webhook/story-metrics.ts";
import type {
	StoryRecord,
	StoryRowRecord,
	StoryTotalRecord,
} from "./records.ts";

/** A story as a row with a bar; its account above the first, totals below the last. */
export function view(
	record: StoryRecord | StoryTotalRecord | StoryRowRecord,
	theme: Theme,
): string {
	if (record.type === "row") return record.line;
	if (record.type === "total") return totalLine(record, theme);
	const { mediaId, receivedAt, numbers, reachShare, position } = record;
	const line = row(
		[
			mediaId,
			receivedAt.slice(0, 16).replace("T", " "),
			...storyMetrics.map((metric) => count(numbers[metric])),
			percent(record.completionRate),
			percent(record.exitRate),
		],
		theme.key(bar(reachShare, theme.columns)),
	);
	const above = position === 1 ? `${head(record, theme)}\n` : "";
	// A total ends the rows of an account with several stories.
	return `${above}${line}${record.of === 1 ? "\n" : ""}`;
}

const heads: Record<StoryMetric, string> = {
	impressions: "shown",
	reach: "reach",
	taps_forward: "fwd",
	taps_back: "back",
	exits: "exits",
	replies: "replies",
};

/** Ids and times to the left, numbers to the right. */
const widths = [-18, -17, 7, 7, 6, 6, 6, 8, 10, 7];
const tableWidth = widths.reduce((sum, width) => sum + Math.abs(width), 0) + 3;

function head({ accountId, of }: StoryRecord, theme: Theme): string {
	const names = storyMetrics.map((metric) => heads[metric]);
	return [
		`${theme.strong(`account ${accountId}`)}  ${of} ${of === 1 ? "story" : "stories"}`,
		theme.dim(row(["story", "received", ...names, "completed", "left"], "")),
	].join("\n");
}

function totalLine(record: StoryTotalRecord, theme: Theme): string {
	const { accountId, stories, sums } = record;
	const cells = [
		accountId === null ? "all accounts" : "total",
		`${stories} stories`,
		...storyMetrics.map((metric) => count(sums[metric])),
		percent(record.completionRate),
		percent(record.exitRate),
	];
	return `${theme.strong(row(cells, ""))}\n`;
}

function row(cells: readonly string[], end: string): string {
	const shown = cells.map((cell, index) => {
		const width = widths[index] ?? 0;
		return width < 0
			? `${cell.padEnd(-width - 1)} `
			: ` ${cell.padStart(width - 1)}`;
	});
	return `${shown.join("")}${end && `  ${end}`}`;
}

function count(told: number | null | undefined): string {
	if (told === undefined) return "–";
	return told === null ? "<5" : String(told);
}

function percent(rate: number | null): string {
	return rate === null ? "–" : `${Math.round(rate * 100)} %`;
}

const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** The reach, compared with that of the account's best story. */
function bar(share: number | null, columns: number): string {
	const width = Math.min(Math.max(columns - tableWidth, 6), 40);
	const filled = Math.max(Math.round((share ?? 0) * width * 8), share ? 1 : 0);
	return "█".repeat(Math.floor(filled / 8)) + eighths[filled % 8];
}
