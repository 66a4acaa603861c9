import type { Theme } from "../../cli/theme.ts";
import type { ReplayRecord, ReplaySummaryRecord } from "./records.ts";

/** Longer runs show their first failures only. */
const longRun = 20;
const failuresShown = 10;

export function view(
	record: ReplayRecord | ReplaySummaryRecord,
	theme: Theme,
): string | undefined {
	return record.type === "summary"
		? summaryLine(record, theme)
		: replayLine(record, theme);
}

export function replayLine(
	record: ReplayRecord,
	theme: Theme,
): string | undefined {
	const { source, status, ms, bytes, ok, hint, of = 1, failure } = record;
	const { attempt, retryInMs } = record;
	if (of > longRun && (ok || (failure ?? 1) > failuresShown)) return undefined;
	const mark = ok ? theme.good("✓") : theme.bad("✗");
	const answer = status === 0 ? "no answer" : String(status);
	const tried = attempt !== undefined ? `  attempt ${attempt}` : "";
	const again =
		retryInMs === undefined ? "" : `, retry in ${Math.round(retryInMs)} ms`;
	const line = `${mark} ${source.padEnd(28)} ${ok ? theme.good(answer) : theme.bad(answer)}  ${theme.dim(`${bytes} B  ${ms} ms${tried}${again}`)}`;
	return hint ? `${line}\n    ${theme.warn(hint)}` : line;
}

/** A single delivery needs no summary beside its line. */
function summaryLine(
	summary: ReplaySummaryRecord,
	theme: Theme,
): string | undefined {
	const { sent, ok, failed, p50, p95, p99, perSecond, statuses } = summary;
	if (sent <= 1) return undefined;
	const failures = failed > 0 ? theme.bad(`, ${failed} failed`) : "";
	const line = `${sent} sent, ${ok} as expected${failures}  ${theme.dim(`p50 ${p50} ms  p95 ${p95} ms  p99 ${p99} ms`)}`;
	if (sent <= longRun) return line;
	const answers = Object.entries(statuses ?? {})
		.map(
			([status, count]) =>
				`${count} × ${status === "0" ? "no answer" : status}`,
		)
		.join(", ");
	return [
		line,
		`${perSecond ? `${perSecond} a second, ` : ""}answered ${answers}`,
		...bars(summary, theme),
	].join("\n");
}

const barWidth = 40;

function bars({ histogram = [] }: ReplaySummaryRecord, theme: Theme): string[] {
	const most = Math.max(...histogram.map(({ count }) => count));
	return histogram.map(({ upToMs, count }) => {
		const label = upToMs === null ? "more" : `≤ ${upToMs} ms`;
		const length = Math.ceil((count / most) * barWidth);
		return `  ${label.padStart(10)}  ${theme.key("█".repeat(length).padEnd(barWidth))} ${count}`;
	});
}
