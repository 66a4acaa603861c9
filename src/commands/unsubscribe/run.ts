import type { SubscriptionRecord } from "../../callback/records.ts";
import type { Config } from "../../config/config.ts";
import type { Need } from "../../config/missing-settings.ts";
import type { Secret } from "../../config/secret.ts";
import { type CallRecord, callRecord } from "../../graph/call-record.ts";
import type { GraphCall } from "../../graph/graph-call.ts";
import { type Graph, graphClient } from "../../graph/graph-client.ts";
import { GraphRefusal } from "../../graph/graph-error.ts";
import { pageNeeds, pagesWithTokens } from "../../graph/pages-with-tokens.ts";
import {
	deletePageSubscription,
	readPageSubscription,
} from "../../graph/subscribed-apps.ts";
import {
	deleteAppSubscription,
	readAppSubscription,
} from "../../graph/subscriptions.ts";
import { writeAndReadBack } from "../../graph/write-and-read-back.ts";
import type { World } from "../../world.ts";

export interface UnsubscribeInput {
	pages: readonly string[];
	all: boolean;
	/** The app's `instagram` subscription instead of pages. */
	app: boolean;
	dryRun: boolean;
}

export function needs(input: UnsubscribeInput): Need[] {
	const ofApp: Need[] = input.app ? ["appId", "appSecret"] : [];
	const appOnly = input.app && input.pages.length === 0 && !input.all;
	return appOnly ? ofApp : [...ofApp, ...pageNeeds(input)];
}

/** Takes the app off pages, or ends the app's `instagram` subscription. */
export async function* run(
	input: UnsubscribeInput,
	config: Config,
	world: World,
): AsyncGenerator<SubscriptionRecord | CallRecord> {
	const graph = graphClient(config, world);
	if (input.app) yield* unsubscribeApp(input, config, graph);
	if (input.app && input.pages.length === 0 && !input.all) return;
	for (const { id, token } of await pagesWithTokens(input, config, graph)) {
		const call = deletePageSubscription(id);
		if (input.dryRun) {
			yield callRecord(call, config);
			continue;
		}
		const previous = await graph(readPageSubscription(id), token);
		const fields = await writeAndReadBack({
			write: () => deleteWithEitherToken(call, token, graph),
			readBack: () => graph(readPageSubscription(id), token),
			missing: (fields) =>
				fields.length > 0
					? `page ${id} still sends ${fields.join(", ")}`
					: undefined,
		});
		yield {
			type: "subscription",
			target: "page",
			id,
			fields,
			previous,
			changed: previous.length !== fields.length,
		};
	}
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
