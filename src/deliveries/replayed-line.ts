import type { Theme } from "../cli/theme.ts";
import { causeLines } from "./cause-lines.ts";
import { forwardMarks } from "./forward-mark.ts";
import type { ReplayedRecord } from "./records.ts";

/** `↻ d12 replayed  → 200 12 ms`, with the cause of a failure below. */
export function replayedLine(record: ReplayedRecord, theme: Theme): string {
	const { id, forwards } = record;
	return [
		`${theme.strong(`↻ ${id} replayed`)}  ${forwardMarks(forwards, "timed", theme)}`,
		...causeLines(forwards, theme),
	].join("\n");
}
