import { asIgwhError } from "../../igwh-error.ts";
import type { LiveCheckId } from "./check-ids.ts";
import type { Facts } from "./facts.ts";
import {
	fail,
	type LiveCheck,
	type LiveFinding,
	type LiveJudgement,
	unknown,
} from "./live-check.ts";
import { liveChecks } from "./live-checks.ts";

/** A check that takes longer says nothing. */
const limitMs = 45_000;

/**
 * Runs checks at once, each with a limit, and with them those they need. A check
 * whose need failed is not known: the failure is reported once.
 * @returns the findings of these checks, in the order of their fixes
 */
export async function runLiveChecks(
	checks: readonly LiveCheck[],
	facts: Facts,
): Promise<LiveFinding[]> {
	const started = new Map<LiveCheckId, Promise<LiveFinding>>();
	const find = (check: LiveCheck): Promise<LiveFinding> => {
		const known = started.get(check.id) ?? findOne(check);
		started.set(check.id, known);
		return known;
	};
	const findOne = async (check: LiveCheck): Promise<LiveFinding> => {
		const needs = liveChecks.filter(
			(other) => check.needs?.includes(other.id) && concerns(other, facts),
		);
		for (const { blockedBy, check: need, judgement } of await Promise.all(
			needs.map(find),
		)) {
			const blocked = judgement.status === "fail" ? need.id : blockedBy;
			if (blocked)
				return {
					check,
					judgement: unknown(`not checked: ${blocked} failed`),
					blockedBy: blocked,
				};
		}
		return { check, judgement: await judged(check, facts, []) };
	};
	const fitting = checks.filter((check) => concerns(check, facts));
	const first = await Promise.all(
		fitting.filter(({ last }) => !last).map(find),
	);
	const conclusions = await Promise.all(
		fitting
			.filter(({ last }) => last)
			.map(async (check) => ({
				check,
				judgement: await judged(check, facts, first),
			})),
	);
	return [...first, ...conclusions].sort(
		(a, b) => liveChecks.indexOf(a.check) - liveChecks.indexOf(b.check),
	);
}

function concerns({ login, fields }: LiveCheck, facts: Facts): boolean {
	return (
		(login ?? facts.login) === facts.login &&
		(fields?.some((field) => facts.fields.includes(field)) ?? true)
	);
}

/** What a check says; that it cannot be read is not known, not failed. */
async function judged(
	check: LiveCheck,
	facts: Facts,
	others: readonly LiveFinding[],
): Promise<LiveJudgement> {
	const done = new AbortController();
	const { clock } = facts.world;
	try {
		return await Promise.race([
			Promise.resolve(check.judge(facts, others)),
			clock
				.sleep(limitMs, done.signal)
				.then(() => unknown(`no answer within ${limitMs / 1000} s`)),
		]);
	} catch (thrown) {
		const { code, message, hint } = asIgwhError(thrown);
		if (code === "bug" || code === "interrupted") throw thrown;
		return code === "configuration"
			? fail(message, hint)
			: unknown(`it could not be read: ${message}`);
	} finally {
		done.abort();
	}
}
