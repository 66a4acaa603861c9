import type {
	CauseRecord,
	ListedCheckRecord,
	VerifyCheckRecord,
	VerifyRecord,
	VerifySummaryRecord,
} from "../../checks/records.ts";
import type { Theme } from "../../cli/theme.ts";
import { belowLine } from "../../deliveries/cause-lines.ts";
import { wrapWords } from "../../deliveries/clip-text.ts";

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
		marked(theme.bad("✗"), detail, {
			columns: theme.columns,
			style: theme.strong,
		}),
		...labelled(["fix", theme.key], fix, theme),
		...codeLines(code, theme),
		...labelled(["sent", theme.dim], example?.sent, theme),
		...labelled(["got", theme.dim], example?.received, theme),
		...labelled([failed, theme.dim], checks.join(", "), theme),
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
	const mark = marks[status](theme);
	const head = marked(mark, `${id}  ${title}`, theme).replace(
		id,
		theme.strong(id),
	);
	if (status === "unknown")
		return [head, ...belowLine(detail, theme, theme.dim), ""].join("\n");
	const { sent, fix, code, cause } = more;
	return [
		head,
		...labelled(["sent", theme.dim], sent, theme),
		...labelled(["got", theme.dim], detail, theme),
		// The cause has the fix already.
		...(cause === undefined ? labelled(["fix", theme.key], fix, theme) : []),
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

/** A text beside its label, wrapped at words. */
function labelled(
	[label, style]: readonly [string, (text: string) => string],
	text: string | undefined,
	{ columns }: Theme,
): string[] {
	if (text === undefined || label === "") return [];
	const width = columns - 4 - labelWidth;
	return wrapWords(text, width).map(
		(line, index) =>
			`    ${style((index === 0 ? label : "").padEnd(labelWidth))}${line}`,
	);
}

/** A line with a mark, wrapped at words behind it. */
function marked(
	mark: string,
	text: string,
	{ columns, style = (line: string) => line }: MarkedStyle,
): string {
	return wrapWords(text, columns - 2)
		.map((line, index) => `${index === 0 ? mark : " "} ${style(line)}`)
		.join("\n");
}

interface MarkedStyle {
	columns: number;
	style?(line: string): string;
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
	const without = noResult.map(({ reason, checks }) =>
		marked(
			theme.dim("?"),
			`${count(checks.length)} without a result: ${reason}${few(checks)}`,
			{ columns: theme.columns, style: theme.dim },
		),
	);
	const passed =
		hidden > 0
			? [
					`${theme.good("✓")} ${count(hidden)} passed ${theme.dim("(--all shows them)")}`,
				]
			: [];
	const verdict = ok ? theme.good(`✓ ${detail}`) : theme.bad(`✗ ${detail}`);
	const above = ok ? without : [...without, ...passed];
	const fits = detail.length + url.length + 4 <= theme.columns;
	return [...above, `${verdict}${fits ? "  " : "\n  "}${url}`].join("\n");
}

/** The names of many would hide the verdict; `--all` and `--json` have them. */
function few(checks: readonly string[]): string {
	return checks.length <= 3 ? ` (${checks.join(", ")})` : "";
}

function count(checks: number): string {
	return checks === 1 ? "1 check" : `${checks} checks`;
}

function listedLine({ id, title }: ListedCheckRecord, theme: Theme): string {
	return `${id.padEnd(26)} ${theme.dim(title)}`;
}
