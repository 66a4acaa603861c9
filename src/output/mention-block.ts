import type { MentionRecord, UnreadableRecord } from "../records.ts";
import { about, standing } from "./mention-lines.ts";
import { safeText } from "./safe-text.ts";

/** A mention in full, above a prompt: who, where, when, then every line of what is said. */
export function mentionBlock(record: MentionRecord | UnreadableRecord): string {
	const { username, text = "", inbox } = record;
	const facts = record.type === "mention" ? about(record) : [record.reason];
	return [
		"",
		`@${safeText(username ?? "unknown")}`,
		...facts.map((fact) => `  ${safeText(fact)}`),
		...standing(inbox).map((line) => `  ${safeText(line)}`),
		"",
		...text.split("\n").map((line) => `  ${safeText(line)}`),
		"",
	].join("\n");
}
