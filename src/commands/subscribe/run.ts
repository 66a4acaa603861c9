import type { Config } from "../../config/config.ts";
import type { Need } from "../../config/missing-settings.ts";
import { callRecord } from "../../graph/call-record.ts";
import { eachTarget } from "../../graph/each-target.ts";
import { type Graph, graphClient } from "../../graph/graph-client.ts";
import { fieldsOfLogin, loginOf, requireFields } from "../../graph/login.ts";
import {
	type SubscriptionTarget,
	subscribedAppsOf,
	subscriptionTargets,
	targetNeeds,
} from "../../graph/subscription-targets.ts";
import { writeAndReadBack } from "../../graph/write-and-read-back.ts";
import { IgwhError } from "../../igwh-error.ts";
import { defaultInstagramFields } from "../../webhook/fields.ts";
import type { World } from "../../world.ts";
import { fieldChange } from "./field-change.ts";
import { listSubscriptions } from "./list-subscriptions.ts";
import type { SubscribeRecord } from "./records.ts";
import { subscribeApp } from "./subscribe-app.ts";

export interface SubscribeInput {
	/** Pages, or Instagram accounts. */
	pages: readonly string[];
	/** Page fields. */
	fields: readonly string[];
	callback: string | undefined;
	/** What the app receives, with `callback`; what an account sends, with Instagram Login. */
	instagramFields: readonly string[];
	/** Exactly these fields. */
	replace?: boolean;
	all: boolean;
	list: boolean;
	dryRun: boolean;
}

export function needs(
	{ callback, pages, all }: SubscribeInput,
	config: Config,
): Need[] {
	return [
		...(callback === undefined
			? []
			: (["appId", "appSecret", "verifyToken"] as const)),
		...targetNeeds({ ids: pages, all }, config),
	];
}

/**
 * Subscribes the app to Instagram fields at a callback URL, where one is given,
 * and to pages or accounts. Lists are merged unless they are to be replaced, and
 * read back afterwards.
 */
export async function* run(
	given: SubscribeInput,
	config: Config,
	world: World,
): AsyncGenerator<SubscribeRecord> {
	const input = { ...given, instagramFields: deliverable(given, config) };
	if (input.list) return yield* listSubscriptions(input, config, world);
	const graph = graphClient(config, world);
	if (input.callback !== undefined)
		yield* subscribeApp(
			{ ...input, callbackUrl: input.callback },
			{ config, graph, world },
		);
	const targets = await subscriptionTargets(
		{ ids: input.pages, all: input.all },
		config,
		graph,
	);
	yield* eachTarget(targets, (target) =>
		subscribeTarget(target, input, config, graph),
	);
}

/** @throws IgwhError `usage` */
export function check({ list, dryRun, replace, pages, all }: SubscribeInput) {
	const excluding = [
		[list && dryRun, "--list and --dry-run"],
		[list && replace, "--list and --replace"],
		[all && pages.length > 0, "--all and an id"],
	] as const;
	for (const [both, names] of excluding)
		if (both)
			throw new IgwhError(
				"usage",
				`${names} exclude each other`,
				"leave one of them out",
			);
}

/** The default fields are those the login delivers; what was named must be. @throws NotWithLogin */
function deliverable(
	{ instagramFields }: SubscribeInput,
	config: Config,
): string[] {
	const login = loginOf(config);
	const isDefault = instagramFields.join() === defaultInstagramFields.join();
	if (!isDefault) requireFields(instagramFields, login);
	return fieldsOfLogin(instagramFields, login);
}

async function* subscribeTarget(
	target: SubscriptionTarget,
	input: SubscribeInput,
	config: Config,
	graph: Graph,
): AsyncGenerator<SubscribeRecord> {
	const { read, write } = subscribedAppsOf[target.kind];
	const { id, token } = await target.open();
	const previous = await graph(read(id), token);
	const change = fieldChange(previous, wantedFields(target, input), input);
	const call = write(id, change.wanted);
	if (input.dryRun)
		return yield callRecord(call, config, foreignPage(id, target, config));
	const fields = await writeAndReadBack({
		write: () => graph(call, token),
		readBack: () => graph(read(id), token),
		missing: (fields) => change.problem(fields, `${target.kind} ${id}`),
	});
	const changed = !sameNames(previous, fields);
	yield {
		type: "subscription",
		target: target.kind,
		id,
		fields,
		previous,
		changed,
	};
}

function wantedFields(
	{ kind }: SubscriptionTarget,
	{ fields, instagramFields }: SubscribeInput,
): readonly string[] {
	if (kind === "page") return fields;
	if (fields.join() !== "feed")
		throw new IgwhError(
			"usage",
			"Instagram Login has no pages, and so no page fields",
			"name Instagram fields: --instagram-fields comments,live_comments",
		);
	return instagramFields;
}

/** The page whose token the call takes, where IGWH_PAGE_TOKEN does not hold it. */
function foreignPage(
	id: string,
	{ kind }: SubscriptionTarget,
	config: Config,
): string | undefined {
	const isConfigured =
		config.secret("pageToken") !== undefined && config.get("pageId") === id;
	return kind === "page" && !isConfigured ? id : undefined;
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
	return a.toSorted().join() === b.toSorted().join();
}
