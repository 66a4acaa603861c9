import type { Config } from "../../config/config.ts";
import { type TimeBound, timeOf } from "../../readers/read-time-bound.ts";
import { hintOfOtherStore } from "../../store/other-store.ts";
import { openStore, type Store, storePath } from "../../store/store.ts";
import type { StoredStory } from "../../store/stories.ts";
import {
	type StoryTotals,
	storyMetrics,
	storyRates,
	storyTotals,
} from "../../webhook/story-metrics.ts";
import type { World } from "../../world.ts";
import { csvRows } from "./csv.ts";
import type {
	StoryRecord,
	StoryRowRecord,
	StoryTotalRecord,
} from "./records.ts";

export interface InsightsInput {
	account: string | undefined;
	since: TimeBound | undefined;
	csv: boolean;
}

/** Shows the received insights: every story, then each account, then all of them. */
export async function* run(
	{ account, since, csv }: InsightsInput,
	config: Config,
	world: World,
): AsyncGenerator<StoryRecord | StoryTotalRecord | StoryRowRecord> {
	const from = since === undefined ? 0 : timeOf(since, world.clock.now());
	const store = await openStore(config, world);
	const told = storiesSince(from, store);
	const { note } = world.terminal;
	const real = told.filter(({ accountId }) => accountId !== "0");
	if (real.length < told.length)
		note(
			"stories sent by the dashboard's Test are left out: their numbers are not real",
		);
	const shown = real.filter(
		({ accountId }) => account === undefined || accountId === account,
	);
	if (shown.length === 0)
		return note(await nothingFound(told.length > 0, config, world));
	if (csv) return yield* csvRows(shown);
	yield* ofAccounts(shown);
	for (const line of notes(storyTotals(shown.map(({ numbers }) => numbers))))
		note(line);
}

/** Why nothing is shown, and where story insights are. */
async function nothingFound(
	isFiltered: boolean,
	config: Config,
	world: World,
): Promise<string> {
	const path = storePath(config);
	if (isFiltered) return `no story in ${path} matches these filters`;
	const other = await hintOfOtherStore("insights", config, world);
	return `no story insights in ${path}\n  ${other ?? "they arrive an hour after a story expires, through: igwh listen"}`;
}

function storiesSince(from: number, store: Store): StoredStory[] {
	try {
		return store.stories(from);
	} finally {
		store.close();
	}
}

function* ofAccounts(
	told: readonly StoredStory[],
): Generator<StoryRecord | StoryTotalRecord> {
	const accounts = new Set(told.map(({ accountId }) => accountId));
	for (const accountId of accounts) {
		const stories = told.filter((story) => story.accountId === accountId);
		yield* ofStories(stories);
		if (stories.length > 1) yield total(accountId, stories);
	}
	if (accounts.size > 1) yield total(null, told);
}

function* ofStories(stories: readonly StoredStory[]): Generator<StoryRecord> {
	const most = Math.max(...stories.map(({ numbers }) => numbers.reach ?? 0));
	for (const [index, story] of stories.entries()) {
		const { accountId, mediaId, deliveryId, receivedAt, numbers } = story;
		yield {
			type: "story",
			accountId,
			mediaId,
			deliveryId,
			receivedAt: new Date(receivedAt).toISOString(),
			numbers,
			...storyRates([numbers]),
			position: index + 1,
			of: stories.length,
			reachShare: numbers.reach && most ? numbers.reach / most : null,
		};
	}
}

function total(
	accountId: string | null,
	stories: readonly StoredStory[],
): StoryTotalRecord {
	const totals = storyTotals(stories.map(({ numbers }) => numbers));
	return { type: "total", accountId, ...totals };
}

function notes({ leftOut, contradictory }: StoryTotals): string[] {
	const hidden = storyMetrics.flatMap((metric) =>
		leftOut[metric] ? [`${metric} of ${leftOut[metric]}`] : [],
	);
	return [
		...(hidden.length > 0
			? [
					`<5: Meta does not give counts below 5; sums and rates leave them out (${hidden.join(", ")})`,
				]
			: []),
		...(contradictory > 0
			? [
					`sums and rates leave out ${contradictory} stories whose numbers contradict each other: more people reached, exits or taps than times shown`,
				]
			: []),
	];
}
