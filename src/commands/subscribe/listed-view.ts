import type { Theme } from "../../cli/theme.ts";
import { clip, widthOf } from "../../cli/width.ts";
import type { ListedSubscriptionRecord } from "./records.ts";

/** A row of the table, with a line below it for each thing that does not fit. */
export function listedLines(
	record: ListedSubscriptionRecord,
	theme: Theme,
): string {
	const { problems, row } = record;
	const mark = problems.length > 0 ? theme.warn("!") : theme.good("✓");
	const line = row === 0 ? appLine(record) : targetLine(record);
	return [
		...(row === 1 ? [theme.dim(`  ${cells(heads)}`)] : []),
		`${mark} ${line}`,
		...problems.map((problem) => `    ${theme.warn(problem)}`),
	].join("\n");
}

const heads = ["page", "account", "page fields", "app fields", "callback"];
const widths = [34, 17, 14, 44];

function appLine({ id, fields, callbackUrl }: ListedSubscriptionRecord) {
	return callbackUrl
		? `app ${id} sends ${fields.join(", ") || "nothing"} to ${callbackUrl}`
		: `app ${id} sends nothing`;
}

function targetLine(record: ListedSubscriptionRecord): string {
	const { target, id, title, igUserId, fields, appFields } = record;
	return cells([
		target === "page" ? [id, title].filter(Boolean).join(" ") : "–",
		igUserId ?? "–",
		target === "page" ? fields.join(",") || "–" : "–",
		appFields.join(",") || "–",
		record.callbackUrl ?? "–",
	]);
}

/** The last column is as wide as it needs to be. */
function cells(texts: readonly string[]): string {
	return texts
		.map((text, column) => {
			const width = widths[column];
			if (width === undefined) return text;
			const shown = clip(text, width);
			return shown + " ".repeat(width - widthOf(shown));
		})
		.join("  ");
}
