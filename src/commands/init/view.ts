import type { Theme } from "../../cli/theme.ts";
import type { CheckedRecord, InitRecord, SavedRecord } from "./records.ts";

export function view(record: InitRecord, theme: Theme): string {
	switch (record.type) {
		case "current":
			return `${theme.dim("set")}  ${record.env}  ${record.value}`;
		case "checked":
			return checkedView(record, theme);
		case "saved":
			return savedView(record, theme);
	}
}

function checkedView({ detail, warning }: CheckedRecord, theme: Theme): string {
	return [
		`${theme.good("✓")} ${detail}`,
		...(warning ? [`  ${theme.warn(`! ${warning}`)}`] : []),
	].join("\n");
}

function savedView(record: SavedRecord, theme: Theme): string {
	const { envFile, changed, gitignore, next } = record;
	return [
		changed.length > 0
			? `${theme.good("✓")} ${envFile} is written: ${changed.join(", ")}`
			: `${theme.good("✓")} ${envFile} stays as it is`,
		...(gitignore ? [`${theme.good("✓")} git ignores it: ${gitignore}`] : []),
		...next.map(
			(command, index) =>
				`  ${theme.dim(index === 0 ? "next " : "then ")} ${theme.key(command)}`,
		),
	].join("\n");
}
