import type {
	CauseRecord,
	ListedCheckRecord,
	VerifyCheckRecord,
	VerifyRecord,
} from "../../checks/records.ts";
import type { Theme } from "../../cli/theme.ts";

/** The verdict stands first, so the summary says nothing more to a person. */
export function view(record: VerifyRecord, theme: Theme): string | undefined {
	if (record.type === "verdict")
		return record.ok
			? `${theme.good("✓ a good receiver")}  ${record.url}\n  ${record.detail}`
			: `${theme.bad("✗ not yet")}  ${record.url}\n  ${record.detail}`;
	if (record.type === "cause") return causeLines(record, theme);
	if (record.type === "check") return checkLines(record, theme);
	return record.type === "check-info" ? listedLine(record, theme) : undefined;
}

function causeLines(
	{ detail, fix, code, checks }: CauseRecord,
	theme: Theme,
): string {
	return [
		`\n${theme.strong("cause")}  ${detail}`,
		theme.dim(`  behind ${checks.join(", ")}`),
		`  ${theme.key("fix")}    ${fix}`,
		...codeLines(code, theme),
	].join("\n");
}

function checkLines(
	{ id, status, title, detail, sent, fix, code }: VerifyCheckRecord,
	theme: Theme,
): string {
	if (status === "pass")
		return `${theme.good("✓")} ${id.padEnd(26)} ${theme.dim(title)}`;
	const head = `${marks[status](theme)} ${theme.strong(id.padEnd(26))} ${title}`;
	if (status === "unknown") return `${head}\n    ${theme.dim(detail)}`;
	return [
		status === "fail" ? `\n${head}` : head,
		...(sent ? [`    ${theme.dim("sent")}  ${sent}`] : []),
		`    ${theme.dim("got")}   ${detail}`,
		...(fix ? [`    ${theme.key("fix")}   ${fix}`] : []),
		...codeLines(status === "fail" ? code : undefined, theme),
	].join("\n");
}

const marks = {
	fail: (theme: Theme) => theme.bad("✗"),
	warn: (theme: Theme) => theme.warn("!"),
	unknown: (theme: Theme) => theme.dim("?"),
};

function codeLines(
	code: Readonly<Record<string, string>> | undefined,
	theme: Theme,
): string[] {
	return Object.entries(code ?? {}).map(
		([framework, line]) =>
			`          ${theme.dim(framework.padEnd(8))} ${theme.key(line)}`,
	);
}

function listedLine({ id, title }: ListedCheckRecord, theme: Theme): string {
	return `${id.padEnd(26)} ${theme.dim(title)}`;
}
