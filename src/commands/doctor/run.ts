import {
	type Answers,
	keepAnswers,
	readAnswers,
} from "../../checks/live/answers.ts";
import type { LiveCheckId } from "../../checks/live/check-ids.ts";
import { collectFacts, type Facts } from "../../checks/live/facts.ts";
import type { LiveCheck, LiveFinding } from "../../checks/live/live-check.ts";
import { liveChecks } from "../../checks/live/live-checks.ts";
import { runLiveChecks } from "../../checks/live/run-live-checks.ts";
import type { CheckSummaryRecord } from "../../checks/records.ts";
import type { ReportTarget } from "../../checks/report-target.ts";
import type { Config } from "../../config/config.ts";
import { GraphRefusal } from "../../graph/graph-error.ts";
import { loginOf } from "../../graph/login.ts";
import { IgwhError } from "../../igwh-error.ts";
import { openStore, type Store } from "../../store/store.ts";
import { defaultInstagramFields } from "../../webhook/fields.ts";
import type { Terminal, World } from "../../world.ts";
import type { TypedAnswer } from "./answer.ts";
import { askOpenQuestions } from "./ask-open-questions.ts";
import type { DoctorRecord } from "./records.ts";
import { repairFindings } from "./repair-findings.ts";
import { reportFindings, writeReports } from "./report-findings.ts";
import { watchDeliveries } from "./watch-deliveries.ts";

export interface DoctorInput {
	only: readonly string[];
	list: boolean;
	explain: LiveCheckId | undefined;
	/** The Instagram fields that should arrive. */
	fields: readonly string[];
	callback: string | undefined;
	fix: boolean;
	watch: boolean;
	ask: boolean;
	answer: readonly TypedAnswer[];
	report: readonly ReportTarget[];
}

/**
 * Checks every prerequisite of live delivery, and reports the verdict, the
 * closed gates in the order of their fixes, then the rest.
 * @throws IgwhError `check` where a gate is closed, `network` where Meta cannot be reached
 */
export async function* run(
	input: DoctorInput,
	config: Config,
	world: World,
): AsyncGenerator<DoctorRecord> {
	if (input.explain) return yield explanation(input.explain);
	const checks = selected(input.only);
	if (input.list)
		return yield* checks.map(
			({ id, title }) => ({ type: "check-info", id, title }) as const,
		);
	const store = await openStore(config, world);
	try {
		const diagnosis = await prepare(input, checks, { config, world, store });
		let findings = await diagnosis.run();
		if (await askOpenQuestions(findings, input.ask, diagnosis))
			findings = await diagnosis.run();
		if (input.fix) {
			yield* repairFindings(findings, diagnosis.facts(), world);
			findings = await diagnosis.run();
		}
		const records = reportFindings(findings, diagnosis.facts(), {
			complete: input.only.length === 0,
		});
		await writeReports(input.report, records, world);
		yield* records;
		if (input.watch) return yield* watchDeliveries(findings, diagnosis);
		const { fail } = records.at(-1) as CheckSummaryRecord;
		if (fail > 0) throw closedGates(findings);
	} finally {
		store.close();
	}
}

/** @throws IgwhError `usage` */
export function check(
	{ fix, watch }: DoctorInput,
	{ interactive }: Pick<Terminal, "interactive">,
): void {
	if (fix && !interactive)
		throw new IgwhError(
			"usage",
			"--fix asks before each call, and there is no terminal to ask at",
			"run the commands that igwh doctor prints as fixes",
		);
	if (fix && watch)
		throw new IgwhError(
			"usage",
			"--fix and --watch exclude each other",
			"repair first, then run: igwh doctor --watch",
		);
}

/** Checks that can be run again with what has changed since. */
export interface Diagnosis {
	run(): Promise<LiveFinding[]>;
	/** Those of the last run. */
	facts(): Facts;
	answers: Answers;
	config: Config;
	world: World;
}

async function prepare(
	{ fields, callback, answer }: DoctorInput,
	checks: readonly LiveCheck[],
	{ config, world, store }: { config: Config; world: World; store: Store },
): Promise<Diagnosis> {
	const answers = await readAnswers(config, world);
	const at = new Date(world.clock.now()).toISOString();
	for (const { id, yes } of answer) answers[id] = { yes, at };
	if (answer.length > 0) await keepAnswers(answers, config, world);
	const collect = () =>
		collectFacts(
			{
				fields: fields.length > 0 ? fields : defaultInstagramFields,
				fieldsNamed: fields.length > 0,
				expectedCallback: callback,
				answers,
				store,
			},
			config,
			world,
		);
	let facts = collect();
	return {
		run: async () => {
			facts = collect();
			await reachMeta(facts);
			return runLiveChecks(checks, facts);
		},
		facts: () => facts,
		answers,
		config,
		world,
	};
}

/** A network that is down, or Meta's rate limit, is reported once. @throws IgwhError */
async function reachMeta({ config, app, owner }: Facts): Promise<void> {
	const ask =
		config.get("appId") && config.secret("appSecret")
			? app
			: loginOf(config) === "instagram"
				? owner
				: undefined;
	try {
		await ask?.();
	} catch (error) {
		if (error instanceof IgwhError && error.code === "network") throw error;
		if (error instanceof GraphRefusal && error.about === "moment") throw error;
	}
}

function selected(only: readonly string[]): LiveCheck[] {
	return liveChecks.filter(
		({ id }) =>
			only.length === 0 ||
			only.includes(id) ||
			only.includes(id.split(".")[0] as string),
	);
}

function explanation(id: LiveCheckId): DoctorRecord {
	const { title, why, fix, source } = liveChecks.find(
		(check) => check.id === id,
	) as LiveCheck;
	return { type: "explanation", id, title, why, fix, source };
}

function closedGates(findings: readonly LiveFinding[]): IgwhError {
	const closed = findings.filter(
		({ judgement }) => judgement.status === "fail",
	);
	const [first] = closed;
	return new IgwhError(
		"check",
		`${closed.length} of ${findings.length} checks failed`,
		`first: ${first?.judgement.fix ?? first?.check.fix}`,
	);
}
