import type { Theme } from "../../cli/theme.ts";
import { about, standing } from "../../mentions/mention-view.ts";
import type { ChosenRecord } from "./records.ts";

/** A mention in full, above a prompt: who, where, when, then every line of what is said. */
export function mentionBlock(
	{ record, lines }: ChosenRecord,
	theme: Theme,
): string {
	const facts =
		record.type === "mention" ? about(record) : [theme.bad(record.reason)];
	return [
		"",
		theme.strong(`@${record.username ?? "unknown"}`),
		...facts.map((fact) => `  ${theme.dim(fact)}`),
		...standing(record.inbox).map((line) => `  ${theme.warn(line)}`),
		"",
		...lines.map((line) => `  ${line}`),
		"",
	].join("\n");
}
