import type { SubscriptionRecord } from "../../callback/records.ts";
import type { Config } from "../../config/config.ts";
import type { Need } from "../../config/missing-settings.ts";
import { type CallRecord, callRecord } from "../../graph/call-record.ts";
import { type Graph, graphClient } from "../../graph/graph-client.ts";
import {
	type PageWithToken,
	pageNeeds,
	pagesWithTokens,
} from "../../graph/pages-with-tokens.ts";
import {
	readPageSubscription,
	writePageSubscription,
} from "../../graph/subscribed-apps.ts";
import {
	readAppSubscription,
	writeAppSubscription,
} from "../../graph/subscriptions.ts";
import { writeAndReadBack } from "../../graph/write-and-read-back.ts";
import type { World } from "../../world.ts";

export interface SubscribeInput {
	pages: readonly string[];
	/** Page fields. */
	fields: readonly string[];
	callback: string | undefined;
	/** What the app is told of, with `callback`. */
	instagramFields: readonly string[];
	all: boolean;
	list: boolean;
	dryRun: boolean;
}

export function needs(input: SubscribeInput): Need[] {
	return [
		...(input.callback === undefined
			? []
			: (["appId", "appSecret", "verifyToken"] as const)),
		...pageNeeds(input),
	];
}

/**
 * Subscribes the app to Instagram fields at a callback URL, where one is given,
 * and to pages. Nothing that was subscribed is lost: lists are merged, and read
 * back afterwards.
 */
export async function* run(
	input: SubscribeInput,
	config: Config,
	world: World,
): AsyncGenerator<SubscriptionRecord | CallRecord> {
	const graph = graphClient(config, world);
	const write = input.dryRun || input.list ? undefined : graph;
	if (input.callback !== undefined || (input.list && config.get("appId")))
		yield* subscribeApp(input, config, graph, write);
	for (const page of await pagesWithTokens(input, config, graph))
		yield* subscribePage(page, input, config, graph, write);
}

async function* subscribePage(
	{ id, token }: PageWithToken,
	input: SubscribeInput,
	config: Config,
	graph: Graph,
	write: Graph | undefined,
): AsyncGenerator<SubscriptionRecord | CallRecord> {
	const previous = await graph(readPageSubscription(id), token);
	const wanted = writePageSubscription(id, union(previous, input.fields));
	if (!write && !input.list) return yield callRecord(wanted, config);
	const fields = write
		? await writeAndReadBack({
				write: () => write(wanted, token),
				readBack: () => graph(readPageSubscription(id), token),
				missing: (fields) =>
					missingFields(union(previous, input.fields), fields, `page ${id}`),
			})
		: previous;
	const changed = !sameNames(previous, fields);
	yield { type: "subscription", target: "page", id, fields, previous, changed };
}

async function* subscribeApp(
	input: SubscribeInput,
	config: Config,
	graph: Graph,
	write: Graph | undefined,
): AsyncGenerator<SubscriptionRecord | CallRecord> {
	const id = config.need("appId");
	const before = await graph(readAppSubscription(id));
	const previous = before?.fields ?? [];
	const callbackUrl = input.callback ?? before?.callbackUrl ?? "";
	const wanted = writeAppSubscription(id, {
		callbackUrl,
		verifyToken: input.list ? "" : config.need("verifyToken"),
		fields: union(previous, input.instagramFields),
	});
	if (!write && !input.list) return yield callRecord(wanted, config);
	const after = write
		? await writeAndReadBack({
				write: () => write(wanted),
				readBack: () => graph(readAppSubscription(id)),
				missing: (after) =>
					missingFields(
						union(previous, input.instagramFields),
						after?.fields ?? [],
						`app ${id}`,
					) ??
					(after?.callbackUrl === callbackUrl
						? undefined
						: `app ${id} still sends to ${after?.callbackUrl}`),
			})
		: before;
	yield {
		type: "subscription",
		target: "app",
		id,
		fields: after?.fields ?? [],
		previous,
		changed: Boolean(write) && !sameSubscription(before, after),
		...(after && { callbackUrl: after.callbackUrl }),
		...(before && { previousCallbackUrl: before.callbackUrl }),
	};
}

function missingFields(
	wanted: readonly string[],
	fields: readonly string[],
	target: string,
): string | undefined {
	const lacking = wanted.filter((field) => !fields.includes(field));
	return lacking.length > 0
		? `${target} is not subscribed to ${lacking.join(", ")}`
		: undefined;
}

function union(a: readonly string[], b: readonly string[]): string[] {
	return [...new Set([...a, ...b])];
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
	return a.toSorted().join() === b.toSorted().join();
}

function sameSubscription(
	a: { callbackUrl: string; fields: string[] } | undefined,
	b: { callbackUrl: string; fields: string[] } | undefined,
): boolean {
	return (
		a?.callbackUrl === b?.callbackUrl &&
		sameNames(a?.fields ?? [], b?.fields ?? [])
	);
}
