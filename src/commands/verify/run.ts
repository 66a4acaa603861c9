import { type Cause, findCauses } from "../../checks/causes.ts";
import type { Check, Exchange, Setup, Status } from "../../checks/check.ts";
import type { Fix } from "../../checks/fix.ts";
import { detectFramework } from "../../checks/framework.ts";
import type { Framework } from "../../checks/frameworks.ts";
import { otherToken } from "../../checks/probes.ts";
import type {
	CauseRecord,
	CheckSummaryRecord,
	ListedCheckRecord,
	VerifyCheckRecord,
	VerifyRecord,
} from "../../checks/records.ts";
import { type Finding, runChecks } from "../../checks/run-checks.ts";
import { selectChecks } from "../../checks/select-checks.ts";
import { writeReport } from "../../checks/write-report.ts";
import { maskSecretsIn } from "../../cli/mask-secrets.ts";
import type { Config } from "../../config/config.ts";
import type { Need } from "../../config/missing-settings.ts";
import {
	type SecretFrom,
	signingNeed,
	signingSecret,
} from "../../config/signing-secret.ts";
import { IgwhError } from "../../igwh-error.ts";
import type { World } from "../../world.ts";
import type { ReportTarget } from "./report-target.ts";

export interface VerifyInput {
	/** The receiver. */
	url: string | undefined;
	only: readonly string[];
	skip: readonly string[];
	list: boolean;
	/** Seconds. */
	timeout: number;
	secretFrom: SecretFrom | undefined;
	/** Whose code the fixes show; looked for in the answers if left out. */
	framework: Framework | undefined;
	report: readonly ReportTarget[];
}

export function needs({ url, list, secretFrom }: VerifyInput): Need[] {
	if (list || url === undefined) return [];
	return ["verifyToken", signingNeed(secretFrom)];
}

/**
 * Tests a receiver as Meta and as its enemies would use it. The verdict comes
 * first, then what is behind the failures, the failures, and the rest.
 */
export async function* run(
	input: VerifyInput,
	config: Config,
	world: World,
): AsyncGenerator<VerifyRecord> {
	const checks = selectChecks(input.only, input.skip);
	if (input.list) {
		yield* checks.map(listed);
		return;
	}
	const setup = await prepare(input, config, world);
	const url = new URL(setup.url);
	const fitting = checks.filter(({ fits }) => !fits || fits(url));
	const findings: Finding[] = [];
	for await (const finding of runChecks(fitting, setup, world)) {
		findings.push(finding);
		world.terminal.progress(
			`${findings.length}/${fitting.length} ${finding.check.id}`,
		);
	}
	world.terminal.progress("");
	if (world.interrupt.aborted) return;
	const records = maskSecretsIn(
		maskSecretsIn(
			tell(findings, setup, input.framework),
			[setup.verifyToken],
			"<verify token>",
		),
		config.hiddenValues(),
	);
	for (const { format, file } of input.report)
		await world.files.write(file, writeReport(format, records));
	yield* records;
	const summary = records.at(-1) as CheckSummaryRecord;
	if (summary.fail === 0) return;
	const [first] = records.filter(isTelling);
	throw new IgwhError(
		"check",
		`${summary.fail} of ${findings.length} checks failed`,
		first?.fix ?? "see the failed checks",
	);
}

function listed({ id, title }: Check): ListedCheckRecord {
	return { type: "check-info", id, title };
}

async function prepare(
	{ url, timeout, secretFrom }: VerifyInput,
	config: Config,
	{ clock, randomBytes }: World,
): Promise<Setup> {
	if (url === undefined)
		throw new IgwhError(
			"usage",
			"no receiver named",
			"give its callback URL: igwh verify http://127.0.0.1:3000/webhook",
		);
	const verifyToken = config.need("verifyToken");
	config.hide(verifyToken);
	return {
		url,
		verifyToken,
		secret: await signingSecret(secretFrom, config),
		timeoutMs: timeout * 1000,
		now: clock.now(),
		firstId: unusedId(randomBytes(6)),
	};
}

/** Meta's ids of comments and media begin with 179 or 180; these 17 digits do not. */
function unusedId(random: Uint8Array): bigint {
	const drawn = BigInt(`0x${Buffer.from(random).toString("hex")}`);
	return 10_000_000_000_000_000n + (drawn % 1_000_000_000_000n) * 10_000n;
}

const order: readonly Status[] = ["fail", "warn", "unknown", "pass"];

function tell(
	findings: readonly Finding[],
	{ url }: Setup,
	named: Framework | undefined,
): VerifyRecord[] {
	const framework =
		named ?? detectFramework(findings.flatMap(({ exchanges }) => exchanges));
	const causes = findCauses(findings);
	const count = (status: Status) =>
		findings.filter(({ judgement }) => judgement.status === status).length;
	const sorted = findings.toSorted(
		(a, b) =>
			order.indexOf(a.judgement.status) - order.indexOf(b.judgement.status),
	);
	const summary: CheckSummaryRecord = {
		type: "summary",
		pass: count("pass"),
		fail: count("fail"),
		warn: count("warn"),
		unknown: count("unknown"),
	};
	return [
		{
			type: "verdict",
			url,
			ok: summary.fail === 0,
			detail: verdict(summary),
		},
		...causes.map((cause) => causeRecord(cause, framework)),
		...sorted.map((finding) => checkRecord(finding, framework)),
		summary,
	];
}

function verdict({ pass, fail, warn, unknown }: CheckSummaryRecord): string {
	return [
		...(fail ? [`${fail} failed`] : []),
		`${pass} passed`,
		...(warn ? [`${warn} with a warning`] : []),
		...(unknown ? [`${unknown} not known`] : []),
	].join(", ");
}

function causeRecord(
	{ id, says, fix, checks }: Cause,
	framework: Framework | undefined,
): CauseRecord {
	return {
		type: "cause",
		id,
		detail: says,
		fix: fix.says,
		...codeOf(fix, framework),
		checks,
	};
}

function checkRecord(
	{ check, judgement: { status, detail, exchange } }: Finding,
	framework: Framework | undefined,
): VerifyCheckRecord {
	const record = { type: "check", id: check.id, status, detail } as const;
	const helps = status !== "pass";
	return {
		...record,
		...(helps && { fix: check.fix.says }),
		title: check.title,
		...(exchange && helps && { sent: sentLine(exchange) }),
		...(status === "fail" && codeOf(check.fix, framework)),
	};
}

/** The framework's line of code where it is known, otherwise everyone's. */
function codeOf({ code }: Fix, framework: Framework | undefined) {
	if (!code) return {};
	if (framework === undefined) return { code };
	const line = code[framework];
	return line === undefined ? {} : { code: { [framework]: line } };
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

/** What is sent in the place of the token may be nearly the token. */
function withoutToken(search: string): string {
	return search.replace(/(?<=[?&]hub\.verify_token=)[^&]+/, (sent) =>
		new URLSearchParams(`token=${sent}`).get("token") === otherToken
			? sent
			: "<verify token>",
	);
}

function isTelling(
	record: VerifyRecord,
): record is CauseRecord | VerifyCheckRecord {
	return record.type === "cause" || record.type === "check";
}
