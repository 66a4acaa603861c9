import type { Theme } from "../../cli/theme.ts";
import { wrapWords } from "../../deliveries/clip-text.ts";
import type { SummaryRecord } from "./records.ts";

/** `Received 12 deliveries in 3 min 20 s: 1 refused, 11 forwarded, 2 failed` */
export function summaryLine(record: SummaryRecord, theme: Theme): string {
	const { received, refused, forwarded, failed, ms } = record;
	const deliveries = received === 1 ? "1 delivery" : `${received} deliveries`;
	const parts = [
		refused > 0 && theme.bad(`${refused} refused`),
		forwarded > 0 && `${forwarded} forwarded`,
		failed > 0 && theme.bad(`${failed} failed`),
	].filter(Boolean);
	const end = parts.length > 0 ? `: ${parts.join(", ")}` : "";
	const text = `Received ${deliveries} in ${durationText(ms)}${end}`;
	return wrapWords(text, theme.columns).join("\n");
}

/** `12 s`, `3 min 20 s`, `2 h 5 min`. */
function durationText(ms: number): string {
	const seconds = Math.round(ms / 1000);
	const minutes = Math.floor(seconds / 60);
	const hours = Math.floor(minutes / 60);
	if (hours > 0) return `${hours} h ${minutes % 60} min`;
	return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
