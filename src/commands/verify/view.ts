import type {
	CauseRecord,
	ListedCheckRecord,
	VerifyCheckRecord,
	VerifyRecord,
	VerifySummaryRecord,
} from "../../checks/records.ts";
import type { Theme } from "../../cli/theme.ts";

/** Failures under their causes, then warnings, the verdict last. */
export function view(record: VerifyRecord, theme: Theme): string | undefined {
	if (record.type === "cause") return causeLines(record, theme);
	if (record.type === "check") return checkLines(record, theme);
	if (record.type === "summary") return summaryLines(record, theme);
	return listedLine(record, theme);
}

function causeLines(
	{ detail, fix, code, checks, example }: CauseRecord,
	theme: Theme,
): string {
	const failed = checks.length > 0 ? `${checks.length} failed` : "";
	return [
		`${theme.bad("✗")} ${theme.strong(detail)}`,
		...labelled("fix", theme.key, fix),
		...codeLines(code, theme),
		...labelled("sent", theme.dim, example?.sent),
		...labelled("got", theme.dim, example?.received),
		...labelled(failed, theme.dim, checks.join(", ")),
		"",
	].join("\n");
}

function checkLines(
	{ id, status, title, detail, folded, ...more }: VerifyCheckRecord,
	theme: Theme,
): string | undefined {
	if (folded) return undefined;
	if (status === "pass")
		return `${theme.good("✓")} ${id.padEnd(26)} ${theme.dim(title)}`;
	const head = `${marks[status](theme)} ${theme.strong(id)}  ${title}`;
	if (status === "unknown") return `${head}\n    ${theme.dim(detail)}\n`;
	const { sent, fix, code, cause } = more;
	return [
		head,
		...labelled("sent", theme.dim, sent),
		...labelled("got", theme.dim, detail),
		// The cause has the fix already.
		...(cause === undefined ? labelled("fix", theme.key, fix) : []),
		...(cause === undefined ? codeLines(code, theme) : []),
		"",
	].join("\n");
}

const marks = {
	fail: (theme: Theme) => theme.bad("✗"),
	warn: (theme: Theme) => theme.warn("!"),
	unknown: (theme: Theme) => theme.dim("?"),
};

const labelWidth = 10;

function labelled(
	label: string,
	style: (text: string) => string,
	text: string | undefined,
): string[] {
	if (text === undefined || label === "") return [];
	return [`    ${style(label.padEnd(labelWidth))}${text}`];
}

function codeLines(
	code: Readonly<Record<string, string>> | undefined,
	theme: Theme,
): string[] {
	return Object.entries(code ?? {}).map(
		([framework, line]) =>
			`    ${theme.dim(framework.padEnd(labelWidth))}${theme.key(line)}`,
	);
}

function summaryLines(
	{ ok, detail, url, noResult, hidden = 0 }: VerifySummaryRecord,
	theme: Theme,
): string {
	const without = noResult.map(
		({ reason, checks }) =>
			`${theme.dim("?")} ${count(checks.length)} without a result: ${reason} ${theme.dim(`(${checks.join(", ")})`)}`,
	);
	const passed =
		hidden > 0
			? [
					`${theme.good("✓")} ${count(hidden)} passed ${theme.dim("(--all shows them)")}`,
				]
			: [];
	const verdict = ok ? theme.good(`✓ ${detail}`) : theme.bad(`✗ ${detail}`);
	const above = ok ? without : [...without, ...passed];
	return [...above, `${verdict}  ${url}`].join("\n");
}

function count(checks: number): string {
	return checks === 1 ? "1 check" : `${checks} checks`;
}

function listedLine({ id, title }: ListedCheckRecord, theme: Theme): string {
	return `${id.padEnd(26)} ${theme.dim(title)}`;
}
