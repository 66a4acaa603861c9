import { graphTime, unixSeconds } from "../../graph-time.ts";
import type { Account } from "../../simulation/state.ts";
import { graphErrors } from "../graph-error.ts";
import { insightName, readMetrics, requireInsights } from "./insight.ts";
import type { FieldReader, ReadContext } from "./node-type.ts";

type Modifiers = ReadonlyMap<string, string>;

const day = 86_400_000;
const accountMetrics = `reach follower_count website_clicks profile_views
	online_followers accounts_engaged total_interactions likes comments shares
	saves replies follower_demographics engaged_audience_demographics
	reached_audience_demographics follows_and_unfollows profile_links_taps
	views threads_likes threads_replies reposts quotes threads_followers
	threads_follower_demographics content_views threads_views threads_clicks
	threads_reposts`.split(/\s+/);
const periods = [
	"day",
	"week",
	"days_28",
	"month",
	"lifetime",
	"total_over_range",
];
/** Shown as a value a day; the others as one total only. */
const perDay = new Set(["reach", "follower_count", "online_followers"]);
/** Meta answers with an empty set where it has no data; the sandbox has none of these. */
const withoutData = /demographics$|^threads_|^online_followers$/;

/** `/{ig-user-id}/insights`. See ../../README.md, "Insights". */
export const accountInsights: FieldReader<Account> = (
	account,
	context,
	{ modifiers },
) => {
	requireInsights(context);
	const metrics = readMetrics(modifiers, accountMetrics);
	const period = readPeriod(modifiers);
	const total = modifiers.get("metric_type") === "total_value";
	const totalsOnly = metrics.filter((metric) => !perDay.has(metric));
	if (!total && totalsOnly.length > 0)
		throw graphErrors.totalValueNeeded(totalsOnly);
	const range = readRange(modifiers, context);
	return {
		data: metrics
			.filter((name) => !withoutData.test(name))
			.map((name) => ({
				...insightName({ of: account.id, name, period }),
				...(total
					? { total_value: { value: totalOf(account, name, range) } }
					: { values: valuesOf(account, name, range) }),
			})),
		paging: rangeLinks(account, context, { modifiers, range }),
	};
};

function readPeriod(modifiers: Modifiers): string {
	const period = modifiers.get("period");
	if (period === undefined) throw graphErrors.missingParameter("period");
	if (!periods.includes(period))
		throw graphErrors.notOneOf("period", periods, period);
	return period;
}

interface Range {
	/** Unix milliseconds. */
	since: number;
	until: number;
}

/** The last two days where a call says nothing, 30 days at most. */
function readRange(modifiers: Modifiers, { sandbox }: ReadContext): Range {
	const until = readTime(modifiers, "until") ?? sandbox.world.clock.now();
	const since = readTime(modifiers, "since") ?? until - 2 * day;
	if (since > until) throw graphErrors.sinceAfterUntil();
	if (until - since > 30 * day) throw graphErrors.tooLongRange();
	return { since, until };
}

function readTime(modifiers: Modifiers, name: string): number | undefined {
	const text = modifiers.get(name);
	if (text === undefined) return undefined;
	const time = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
	if (!Number.isFinite(time) || time > 8.64e15)
		throw graphErrors.invalidParameter(`Param ${name} is not a valid time`);
	return time;
}

function valuesOf(account: Account, metric: string, { since, until }: Range) {
	const values = [];
	for (let end = since + day; end <= until; end += day)
		values.push({
			value: numberOf(account, metric, end),
			end_time: graphTime(end),
		});
	return values;
}

function totalOf(account: Account, metric: string, range: Range): number {
	return valuesOf(account, metric, range).reduce(
		(sum, { value }) => sum + value,
		0,
	);
}

/** Made up, so that the same day of an account always counts the same. */
function numberOf({ id }: Account, metric: string, time: number): number {
	const seed =
		BigInt(id) + BigInt(metric.length) + BigInt(Math.floor(time / day));
	return Number(seed % 97n);
}

function rangeLinks(
	{ id }: Account,
	{ call }: ReadContext,
	{
		modifiers,
		range: { since, until },
	}: { modifiers: Modifiers; range: Range },
) {
	const link = (from: number, to: number) => {
		const query = new URLSearchParams([...modifiers]);
		query.delete("appsecret_proof");
		query.set("since", String(unixSeconds(from)));
		query.set("until", String(unixSeconds(to)));
		return `${call.baseUrl}/${call.version}/${id}/insights?${query}`;
	};
	const length = until - since;
	return {
		previous: link(since - length, since),
		next: link(until, until + length),
	};
}
