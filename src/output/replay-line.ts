import type { ReplayRecord, ReplaySummaryRecord } from "../records.ts";
import type { Paint } from "./paint.ts";

export function replayLine(
	{ source, status, ms, bytes, ok, hint }: ReplayRecord,
	paint: Paint,
): string {
	const mark = ok ? paint.good("✓") : paint.bad("✗");
	const answer = status === 0 ? "no answer" : String(status);
	const line = `${mark} ${source.padEnd(28)} ${ok ? paint.good(answer) : paint.bad(answer)}  ${paint.dim(`${bytes} B  ${ms} ms`)}`;
	return hint ? `${line}\n    ${paint.warn(hint)}` : line;
}

/** A single delivery says all on its own line. */
export function replaySummaryLine(
	{ sent, ok, failed, p50, p95, p99 }: ReplaySummaryRecord,
	paint: Paint,
): string | undefined {
	if (sent === 1) return undefined;
	const failures = failed > 0 ? paint.bad(`, ${failed} not`) : "";
	return `${sent} sent, ${ok} as expected${failures}  ${paint.dim(`p50 ${p50} ms  p95 ${p95} ms  p99 ${p99} ms`)}`;
}
