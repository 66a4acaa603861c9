import type { ChosenRecord } from "../records.ts";
import { about, standing } from "./mention-lines.ts";
import type { Paint } from "./paint.ts";

/** A mention in full, above a prompt: who, where, when, then every line of what is said. */
export function mentionBlock(
	{ record, lines }: ChosenRecord,
	paint: Paint,
): string {
	const facts =
		record.type === "mention" ? about(record) : [paint.bad(record.reason)];
	return [
		"",
		paint.strong(`@${record.username ?? "unknown"}`),
		...facts.map((fact) => `  ${paint.dim(fact)}`),
		...standing(record.inbox).map((line) => `  ${paint.warn(line)}`),
		"",
		...lines.map((line) => `  ${line}`),
		"",
	].join("\n");
}
