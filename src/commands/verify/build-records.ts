import { type Cause, findCauses } from "../../checks/causes.ts";
import type { Exchange, Status } from "../../checks/check.ts";
import type { Fix } from "../../checks/fix.ts";
import { detectFramework } from "../../checks/framework.ts";
import type { Framework } from "../../checks/frameworks.ts";
import { otherToken } from "../../checks/probes.ts";
import type {
	CauseRecord,
	VerifyCheckRecord,
	VerifyRecord,
	VerifySummaryRecord,
} from "../../checks/records.ts";
import type { Finding, Verification } from "../../checks/run-checks.ts";

interface Options {
	url: string;
	/** The framework of the fixes; detected in the answers if left out. */
	framework: Framework | undefined;
	/** Show passed checks too, and those that a cause explains. */
	all: boolean;
}

const order: readonly Status[] = ["fail", "warn", "unknown", "pass"];

/** The causes first, then the checks by status, the verdict last. */
export function buildRecords(
	{ findings, diagnosis }: Verification,
	{ url, framework, all }: Options,
): VerifyRecord[] {
	const causes = findCauses(findings, diagnosis);
	const code = codeFor(
		framework ??
			detectFramework(findings.flatMap(({ exchanges }) => exchanges)),
	);
	const sorted = findings.toSorted(
		(a, b) =>
			order.indexOf(a.judgement.status) - order.indexOf(b.judgement.status),
	);
	const causeOf = ({ check }: Finding) =>
		causes.find(({ checks }) => checks.includes(check.id))?.id;
	const stopped = diagnosis.stop?.text;
	const summary = { url, all, stopped };
	return [
		...causes.map((cause) => causeRecord(cause, findings, code)),
		...sorted.map((finding) =>
			checkRecord(finding, { cause: causeOf(finding), all, code }),
		),
		summaryRecord(findings, summary),
	];
}

type CodeOf = (fix: Fix) => { code?: Readonly<Record<string, string>> };

/** The framework's line of code where it is known, otherwise everyone's. */
function codeFor(framework: Framework | undefined): CodeOf {
	return ({ code }) => {
		if (!code) return {};
		if (framework === undefined) return { code };
		const line = code[framework];
		return line === undefined ? {} : { code: { [framework]: line } };
	};
}

function causeRecord(
	{ id, text, fix, checks }: Cause,
	findings: readonly Finding[],
	code: CodeOf,
): CauseRecord {
	const first = findings.find(({ check }) => check.id === checks[0]);
	const { exchange, detail } = first?.judgement ?? {};
	return {
		type: "cause",
		id,
		detail: text,
		fix: fix.text,
		...code(fix),
		checks,
		...(exchange && {
			example: { sent: sentLine(exchange), received: detail as string },
		}),
	};
}

function checkRecord(
	{ check, judgement }: Finding,
	{ cause, all, code }: { cause?: string; all: boolean; code: CodeOf },
): VerifyCheckRecord {
	const { status, detail, exchange } = judgement;
	const hasFix = status === "fail" || status === "warn";
	const shownElsewhere =
		status === "pass" || status === "unknown" || cause !== undefined;
	return {
		type: "check",
		id: check.id,
		status,
		detail,
		...(hasFix && { fix: check.fix.text }),
		title: check.title,
		...(exchange && hasFix && { sent: sentLine(exchange) }),
		...(status === "fail" && code(check.fix)),
		...(cause !== undefined && { cause }),
		...(shownElsewhere && !all && { folded: true as const }),
	};
}

function summaryRecord(
	findings: readonly Finding[],
	{ url, all, stopped }: { url: string; all: boolean; stopped?: string },
): VerifySummaryRecord {
	const count = (status: Status) =>
		findings.filter(({ judgement }) => judgement.status === status).length;
	const counts = {
		pass: count("pass"),
		fail: count("fail"),
		warn: count("warn"),
		unknown: count("unknown"),
	};
	const unsure = findings.filter(hasNoResult);
	return {
		type: "summary",
		url,
		ok: counts.fail + unsure.length === 0 && counts.pass + counts.warn > 0,
		...counts,
		detail: verdict(counts, findings.length, unsure.length),
		noResult: stopped === undefined ? byReason(unsure) : [],
		...(!all && { hidden: counts.pass }),
	};
}

function verdict(
	{ pass, fail, warn }: Record<Status, number>,
	total: number,
	unsure: number,
): string {
	const warnings = warn ? `, ${warn} with a warning` : "";
	if (fail > 0) return `${fail} of ${total} checks failed${warnings}`;
	if (pass + warn === 0) return "No check could be run";
	if (unsure > 0) return `${unsure} of ${total} checks gave no result`;
	if (pass + warn === 1)
		return `The check passed${warn ? " with a warning" : ""}`;
	return warn > 0
		? `${pass + warn} checks passed${warnings}`
		: `All ${pass} checks passed`;
}

function hasNoResult({ check, judgement }: Finding): boolean {
	return judgement.status === "unknown" && !check.untestable;
}

function byReason(findings: readonly Finding[]) {
	const reasons = new Map<string, string[]>();
	for (const { check, judgement, notTried } of findings) {
		const reason = notTried ?? judgement.detail;
		reasons.set(reason, [...(reasons.get(reason) ?? []), check.id]);
	}
	return [...reasons].map(([reason, checks]) => ({ reason, checks }));
}

function sentLine({ probe }: Exchange): string {
	const { what, method, url, body, headers } = probe;
	const { pathname, search } = new URL(url);
	const target = `${pathname}${withoutToken(search)}`;
	if (method === "GET") return `${what}: GET ${target}`;
	const signatures = headers
		.filter(([name]) => /^x-hub-/i.test(name))
		.map(([name, value]) => `${name}: ${value.slice(0, 23)}…`);
	return `${what}: POST ${target}, ${body.length} bytes, ${signatures.at(-1) ?? "no signature"}`;
}

/** A wrong token may be nearly the right one. */
function withoutToken(search: string): string {
	return search.replace(/(?<=[?&]hub\.verify_token=)[^&]+/, (sent) =>
		new URLSearchParams(`token=${sent}`).get("token") === otherToken
			? sent
			: "<verify token>",
	);
}
