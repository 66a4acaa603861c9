import type { Check, Setup } from "../../checks/check.ts";
import type { Framework } from "../../checks/frameworks.ts";
import type {
	CauseRecord,
	ListedCheckRecord,
	VerifyCheckRecord,
	VerifyRecord,
	VerifySummaryRecord,
} from "../../checks/records.ts";
import { runChecks } from "../../checks/run-checks.ts";
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
import { buildRecords } from "./build-records.ts";
import type { ReportTarget } from "./report-target.ts";

export interface VerifyInput {
	/** The receiver. */
	url: string | undefined;
	only: readonly string[];
	skip: readonly string[];
	list: boolean;
	/** Show passed checks too. */
	all: boolean;
	/** Seconds an answer may take. */
	timeout: number;
	/** Seconds the whole run may take. */
	maxTime: number;
	secretFrom: SecretFrom | undefined;
	/** The framework of the fixes; detected in the answers if left out. */
	framework: Framework | undefined;
	report: readonly ReportTarget[];
}

export function needs({ url, list, secretFrom }: VerifyInput): Need[] {
	if (list || url === undefined) return [];
	return ["verifyToken", signingNeed(secretFrom)];
}

/**
 * Tests a receiver with requests as Meta sends them and as an attacker would.
 * The causes of failures come first, the verdict last.
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
	const verification = await runChecks(fitting, setup, world);
	if (world.interrupt.aborted) return;
	const records = maskSecretsIn(
		maskSecretsIn(
			buildRecords(verification, { ...input, url: setup.url }),
			[setup.verifyToken],
			"<verify token>",
		),
		config.hiddenValues(),
	);
	for (const { format, file } of input.report)
		await world.files.write(file, writeReport(format, records));
	yield* records;
	const { ok, detail } = records.at(-1) as VerifySummaryRecord;
	if (ok) return;
	const first = records.find(hasFix);
	throw new IgwhError("check", detail, first?.fix ?? "see the failed checks", {
		shown: true,
	});
}

function listed({ id, title }: Check): ListedCheckRecord {
	return { type: "check-info", id, title };
}

async function prepare(
	{ url, timeout, maxTime, secretFrom }: VerifyInput,
	config: Config,
	{ clock, randomBytes }: World,
): Promise<Setup> {
	if (url === undefined)
		throw new IgwhError(
			"usage",
			"no receiver to verify",
			"give its callback URL: igwh verify http://127.0.0.1:3000/webhook",
		);
	const verifyToken = config.need("verifyToken");
	config.hide(verifyToken);
	return {
		url,
		verifyToken,
		secret: await signingSecret(secretFrom, config),
		timeoutMs: timeout * 1000,
		limitMs: maxTime * 1000,
		now: clock.now(),
		firstId: unusedId(randomBytes(6)),
	};
}

/** Meta's ids of comments and media begin with 179 or 180; these 17 digits do not. */
function unusedId(random: Uint8Array): bigint {
	const drawn = BigInt(`0x${Buffer.from(random).toString("hex")}`);
	return 10_000_000_000_000_000n + (drawn % 1_000_000_000_000n) * 10_000n;
}

function hasFix(
	record: VerifyRecord,
): record is CauseRecord | VerifyCheckRecord {
	return "fix" in record && record.fix !== undefined;
}
