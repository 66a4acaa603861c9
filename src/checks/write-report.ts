import { jsonLines, safeLines, safeText } from "../cli/safe-text.ts";
import type {
	CauseRecord,
	VerifyCheckRecord,
	VerifyRecord,
	VerifySummaryRecord,
} from "./records.ts";
import type { ReportFormat } from "./report-formats.ts";

/** The records of a verification as one document. */
export function writeReport(
	format: ReportFormat,
	records: readonly VerifyRecord[],
): string {
	return `${writers[format](sections(records)).trimEnd()}\n`;
}

interface Sections {
	url: string;
	ok: boolean;
	detail: string;
	causes: CauseRecord[];
	checks: VerifyCheckRecord[];
}

function sections(records: readonly VerifyRecord[]): Sections {
	const { url, ok, detail } = records.at(-1) as VerifySummaryRecord;
	return {
		url,
		ok,
		detail,
		causes: records.filter((record) => record.type === "cause"),
		checks: records.filter((record) => record.type === "check"),
	};
}

const writers: Record<ReportFormat, (sections: Sections) => string> = {
	json: jsonLines,
	markdown,
	junit,
};

function markdown({ url, ok, detail, causes, checks }: Sections): string {
	const bad = checks.filter(({ status }) => status !== "pass");
	return [
		`# ${ok ? "✓" : "✗"} ${cell(detail)}`,
		code(url),
		...causes.map(
			({ detail, fix, checks }) =>
				`**Cause:** ${cell(detail)}${checks.length > 0 ? ` (${checks.join(", ")})` : ""}  \n**Fix:** ${cell(fix)}`,
		),
		...(bad.length > 0
			? [
					[
						"| check | status | sent | received | fix |",
						"|---|---|---|---|---|",
						...bad.map(
							({ id, status, sent, detail, fix }) =>
								`| ${id} | ${status} | ${code(sent)} | ${code(detail)} | ${cell(fix)} |`,
						),
					].join("\n"),
				]
			: []),
		[
			"| passed | what the receiver does |",
			"|---|---|",
			...checks
				.filter(({ status }) => status === "pass")
				.map(({ id, title }) => `| ${id} | ${cell(title)} |`),
		].join("\n"),
	].join("\n\n");
}

/** Text of igwh itself, escaped. */
function cell(text = ""): string {
	return safeText(text)
		.replace(/[|\\`<>*_[\]]/g, "\\$&")
		.replace(/\s+/g, " ");
}

/**
 * What a receiver answered, as code: nothing in it is read as Markdown, HTML, a
 * link or a mention. A bar would end the cell even in code.
 */
function code(text = ""): string {
	const safe = safeText(text).replace(/\s+/g, " ").trim();
	if (safe === "") return "";
	const runs = [...safe.matchAll(/`+/g)].map(([run]) => run.length);
	const fence = "`".repeat(Math.max(0, ...runs) + 1);
	const room = /^`|`$/.test(safe) ? " " : "";
	const inCell = safe.replace(/\\(?=\|)/g, "\\ ").replaceAll("|", "\\|");
	return `${fence}${room}${inCell}${room}${fence}`;
}

/**
 * The format of CI servers: an unknown result counts as skipped, a warning as
 * passed with output. Where no check could run, that is an error.
 */
function junit({ url, causes, checks }: Sections): string {
	const count = (status: string) =>
		checks.filter((check) => check.status === status).length;
	const stopped = causes.filter(({ checks }) => checks.length === 0);
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		`<testsuites><testsuite name="igwh verify ${xml(url)}" tests="${checks.length + stopped.length}" failures="${count("fail")}" skipped="${count("unknown")}" errors="${stopped.length}">`,
		...stopped.map(
			({ id, detail, fix }) =>
				`<testcase classname="receiver" name="${xml(id)}"><error message="${xml(detail)}">fix: ${xml(fix)}</error></testcase>`,
		),
		...checks.map(testCase),
		"</testsuite></testsuites>",
	].join("\n");
}

function testCase(check: VerifyCheckRecord): string {
	const { id, status, title, detail } = check;
	const [group = "", name = ""] = id.split(/\.(.*)/s);
	const open = `<testcase classname="${xml(group)}" name="${xml(`${name}: ${title}`)}">`;
	return `${open}${outcomes[status](xml(detail), check)}</testcase>`;
}

const outcomes: Record<
	VerifyCheckRecord["status"],
	(detail: string, check: VerifyCheckRecord) => string
> = {
	pass: () => "",
	warn: (detail) => `<system-out>warning: ${detail}</system-out>`,
	unknown: (detail) => `<skipped message="${detail}"/>`,
	fail: (detail, { sent = "", fix = "" }) =>
		`<failure message="${detail}">${xml(`sent: ${sent}\nfix: ${fix}`)}</failure>`,
};

/** XML 1.0 allows no control characters, and answers may contain any. */
function xml(text: string): string {
	return safeLines(text)
		.replace(
			/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
			"\ufffd",
		)
		.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
