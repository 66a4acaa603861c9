import type { SubscriptionRecord } from "../../callback/records.ts";
import type { Config } from "../../config/config.ts";
import type { Need } from "../../config/missing-settings.ts";
import type { Secret } from "../../config/secret.ts";
import { type CallRecord, callRecord } from "../../graph/call-record.ts";
import {
	eachTarget,
	type TargetFailureRecord,
} from "../../graph/each-target.ts";
import type { GraphCall } from "../../graph/graph-call.ts";
import { type Graph, graphClient } from "../../graph/graph-client.ts";
import { GraphRefusal } from "../../graph/graph-error.ts";
import {
	type SubscriptionTarget,
	subscribedAppsOf,
	subscriptionTargets,
	targetNeeds,
} from "../../graph/subscription-targets.ts";
import {
	deleteAppSubscription,
	readAppSubscription,
} from "../../graph/subscriptions.ts";
import { writeAndReadBack } from "../../graph/write-and-read-back.ts";
import type { World } from "../../world.ts";

export interface UnsubscribeInput {
	/** Pages, or Instagram accounts. */
	pages: readonly string[];
	all: boolean;
	/** The app's `instagram` subscription instead of pages. */
	app: boolean;
	dryRun: boolean;
}

export function needs(
	{ app, pages, all }: UnsubscribeInput,
	config: Config,
): Need[] {
	const ofApp: Need[] = app ? ["appId", "appSecret"] : [];
	const appOnly = app && pages.length === 0 && !all;
	return appOnly
		? ofApp
		: [...ofApp, ...targetNeeds({ ids: pages, all }, config)];
}

/** Takes the app off pages or accounts, or ends the app's `instagram` subscription. */
export async function* run(
	input: UnsubscribeInput,
	config: Config,
	world: World,
): AsyncGenerator<SubscriptionRecord | CallRecord | TargetFailureRecord> {
	const graph = graphClient(config, world);
	if (input.app) yield* unsubscribeApp(input, config, graph);
	if (input.app && input.pages.length === 0 && !input.all) return;
	const targets = await subscriptionTargets(
		{ ids: input.pages, all: input.all },
		config,
		graph,
	);
	yield* eachTarget(targets, (target) =>
		unsubscribeTarget(target, input, config, graph),
	);
}

async function* unsubscribeTarget(
	{ kind, open }: SubscriptionTarget,
	{ dryRun }: UnsubscribeInput,
	config: Config,
	graph: Graph,
): AsyncGenerator<SubscriptionRecord | CallRecord> {
	const { read, remove } = subscribedAppsOf[kind];
	const { id, token } = await open();
	const call = remove(id);
	if (dryRun) return yield callRecord(call, config);
	const previous = await graph(read(id), token);
	const fields = await writeAndReadBack({
		write: () => deleteWithEitherToken(call, token, graph),
		readBack: () => graph(read(id), token),
		missing: (fields) =>
			fields.length > 0
				? `${kind} ${id} still sends ${fields.join(", ")}`
				: undefined,
	});
	const changed = previous.length !== fields.length;
	yield { type: "subscription", target: kind, id, fields, previous, changed };
}

async function* unsubscribeApp(
	{ dryRun }: UnsubscribeInput,
	config: Config,
	graph: Graph,
): AsyncGenerator<SubscriptionRecord | CallRecord> {
	const id = config.need("appId");
	const call = deleteAppSubscription(id);
	if (dryRun) return yield callRecord(call, config);
	const before = await graph(readAppSubscription(id));
	const after =
		before &&
		(await writeAndReadBack({
			write: () => graph(call),
			readBack: () => graph(readAppSubscription(id)),
			missing: (after) =>
				after && `app ${id} still sends to ${after.callbackUrl}`,
		}));
	yield {
		type: "subscription",
		target: "app",
		id,
		fields: after?.fields ?? [],
		previous: before?.fields ?? [],
		changed: before !== undefined && after === undefined,
		...(before && { previousCallbackUrl: before.callbackUrl }),
	};
}

/** Sources disagree whether this takes the page's token or the app's (webhook/README: Subscriptions). */
async function deleteWithEitherToken(
	call: GraphCall<boolean>,
	token: Secret,
	graph: Graph,
): Promise<void> {
	try {
		await graph(call, token);
	} catch (error) {
		if (!(error instanceof GraphRefusal) || error.graphCode !== 15) throw error;
		await graph({ ...call, token: "app" });
	}
}
