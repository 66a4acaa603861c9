import type { Status } from "../../checks/check.ts";
import { judgeConditions } from "../../checks/live/conditions.ts";
import type { Facts } from "../../checks/live/facts.ts";
import type { LiveFinding } from "../../checks/live/live-check.ts";
import type { CheckSummaryRecord } from "../../checks/records.ts";
import type { ReportTarget } from "../../checks/report-target.ts";
import { writeReport } from "../../checks/write-report.ts";
import type { Config } from "../../config/config.ts";
import { type Login, loginNames } from "../../graph/login.ts";
import type { World } from "../../world.ts";
import type { DoctorCheckRecord, DoctorRecord } from "./records.ts";

const order: readonly Status[] = ["fail", "warn", "unknown", "pass"];

/**
 * Verdict, closed gates in the order of their fixes, the other checks, and where
 * every check was run, the seven conditions.
 */
export function reportFindings(
	findings: readonly LiveFinding[],
	{ config, login }: Pick<Facts, "config" | "login">,
	{ complete }: { complete: boolean },
): DoctorRecord[] {
	const conditions = complete ? judgeConditions(findings) : [];
	const sorted = findings.toSorted(
		(a, b) =>
			order.indexOf(a.judgement.status) - order.indexOf(b.judgement.status),
	);
	const summary = summarise(findings);
	const blocked = findings.filter(({ blockedBy }) => blockedBy).length;
	return [
		{
			type: "verdict",
			app: appLine(config, login),
			ok: summary.fail === 0,
			detail: verdict(summary, blocked),
		},
		...sorted.map(checkRecord),
		...conditions.map(
			(condition) => ({ type: "condition", ...condition }) as const,
		),
		summary,
	];
}

/** `app 1000000000000001, Facebook Login`, and the profile where it is not the default one. */
function appLine(config: Config, login: Login): string {
	return [
		`app ${config.get("appId") ?? "(not configured)"}`,
		loginNames[login],
		...(config.profile ? [`profile ${config.profile}`] : []),
	].join(", ");
}

function summarise(findings: readonly LiveFinding[]): CheckSummaryRecord {
	const count = (status: Status) =>
		findings.filter(({ judgement }) => judgement.status === status).length;
	return {
		type: "summary",
		pass: count("pass"),
		fail: count("fail"),
		warn: count("warn"),
		unknown: count("unknown"),
	};
}

function verdict(
	{ pass, fail, warn, unknown }: CheckSummaryRecord,
	blocked: number,
): string {
	const notKnown = unknown - blocked;
	const counts = [
		...(fail ? [`${fail} closed`] : []),
		`${pass} passed`,
		...(warn ? [`${warn} with a warning`] : []),
		...(notKnown ? [`${notKnown} not known`] : []),
		...(blocked ? [`${blocked} not checked`] : []),
	].join(", ");
	return fail > 0
		? `${counts}; do the fixes in this order, then run igwh doctor again`
		: `every gate that can be read is open: ${counts}`;
}

/** Failures come first and in the order of their fixes, so that their position is their step. */
export function checkRecord(
	{ check, judgement, blockedBy }: LiveFinding,
	position: number,
): DoctorCheckRecord {
	const { status, detail, fix = check.fix } = judgement;
	const helps = status === "fail" || status === "warn";
	return {
		type: "check",
		id: check.id,
		status,
		detail,
		title: check.title,
		...(helps && { fix }),
		...(status === "fail" && { step: position + 1 }),
		...(blockedBy && { blockedBy }),
	};
}

export async function writeReports(
	targets: readonly ReportTarget[],
	records: readonly DoctorRecord[],
	{ files }: Pick<World, "files">,
): Promise<void> {
	const checks = records.filter((record) => record.type === "check");
	const verdict = records.find((record) => record.type === "verdict");
	const summary = records.find((record) => record.type === "summary");
	if (!verdict || !summary) return;
	const { app: url, ok, detail } = verdict;
	const reported = [...checks, { ...summary, url, ok, detail, noResult: [] }];
	for (const { format, file } of targets)
		await files.write(file, writeReport(format, reported, "igwh doctor"));
}
