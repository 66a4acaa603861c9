import type {
	CauseRecord,
	ListedCheckRecord,
	VerifyCheckRecord,
	VerifyRecord,
} from "../records.ts";
import type { Paint } from "./paint.ts";

/** The verdict stands first, so the summary says nothing more to a person. */
export function verifyLine(
	record: VerifyRecord,
	paint: Paint,
): string | undefined {
	if (record.type === "verdict")
		return record.ok
			? `${paint.good("✓ a good receiver")}  ${record.url}\n  ${record.detail}`
			: `${paint.bad("✗ not yet")}  ${record.url}\n  ${record.detail}`;
	if (record.type === "cause") return causeLines(record, paint);
	if (record.type === "check") return checkLines(record, paint);
	return record.type === "check-info" ? listedLine(record, paint) : undefined;
}

function causeLines(
	{ detail, fix, code, checks }: CauseRecord,
	paint: Paint,
): string {
	return [
		`\n${paint.strong("cause")}  ${detail}`,
		paint.dim(`  behind ${checks.join(", ")}`),
		`  ${paint.key("fix")}    ${fix}`,
		...codeLines(code, paint),
	].join("\n");
}

function checkLines(
	{ id, status, title, detail, sent, fix, code }: VerifyCheckRecord,
	paint: Paint,
): string {
	if (status === "pass")
		return `${paint.good("✓")} ${id.padEnd(26)} ${paint.dim(title)}`;
	const head = `${marks[status](paint)} ${paint.strong(id.padEnd(26))} ${title}`;
	if (status === "unknown") return `${head}\n    ${paint.dim(detail)}`;
	return [
		status === "fail" ? `\n${head}` : head,
		...(sent ? [`    ${paint.dim("sent")}  ${sent}`] : []),
		`    ${paint.dim("got")}   ${detail}`,
		...(fix ? [`    ${paint.key("fix")}   ${fix}`] : []),
		...codeLines(status === "fail" ? code : undefined, paint),
	].join("\n");
}

const marks = {
	fail: (paint: Paint) => paint.bad("✗"),
	warn: (paint: Paint) => paint.warn("!"),
	unknown: (paint: Paint) => paint.dim("?"),
};

function codeLines(
	code: Readonly<Record<string, string>> | undefined,
	paint: Paint,
): string[] {
	return Object.entries(code ?? {}).map(
		([framework, line]) =>
			`          ${paint.dim(framework.padEnd(8))} ${paint.key(line)}`,
	);
}

function listedLine({ id, title }: ListedCheckRecord, paint: Paint): string {
	return `${id.padEnd(26)} ${paint.dim(title)}`;
}
