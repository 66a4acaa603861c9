import { safeText } from "../../cli/safe-text.ts";
import type { MentionRecord } from "../../mentions/records.ts";

/** As in git: an answer may begin with a hashtag, so lines with # are no comments in themselves. */
const scissors = "# ------------------------ >8 ------------------------";

/**
 * A text for the editor, with what it answers below, as comments. Vim obeys
 * modelines in the first and last five lines: no line of a stranger's is among them.
 */
export function withQuote(
	text: string,
	{ username = "unknown", text: said }: MentionRecord,
): string {
	const quote = said.split("\n").map((line) => `# > ${safeText(line)}`);
	return [
		text,
		"",
		scissors,
		"# Everything from the line above on is ignored.",
		"#",
		`# @${safeText(username)} wrote:`,
		...quote,
		..."#####",
		"",
	].join("\n");
}

/** What the person wrote above the quote. */
export function withoutQuote(edited: string): string {
	const lines = edited.split(/\r?\n/);
	const end = lines.indexOf(scissors);
	return (end < 0 ? lines : lines.slice(0, end)).join("\n").trim();
}
