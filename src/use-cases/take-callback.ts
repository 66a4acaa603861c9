import type { Config } from "../config.ts";
import type { Graph } from "../graph/graph-client.ts";
import { graphClient } from "../graph/graph-client.ts";
import { GraphRefusal } from "../graph/graph-error.ts";
import {
	type AppSubscription,
	readAppSubscription,
	writeAppSubscription,
} from "../graph/subscriptions.ts";
import { IgwhError } from "../igwh-error.ts";
import type {
	DashboardRecord,
	ReplacingRecord,
	SubscriptionRecord,
} from "../records.ts";
import type { Store } from "../store/store.ts";
import type { Takeover } from "../store/takeovers.ts";
import type { World } from "../world.ts";
import { answersHandshake } from "./answers-handshake.ts";

export interface Taking {
	callbackUrl: string;
	/** The verify token of this listener. */
	verifyToken: string;
	/** The verify token of the callback that is replaced, where it is known. */
	restoreToken: string | undefined;
	/** Instagram fields, beside those there are. */
	fields: readonly string[];
	/** Answers as long as this listener runs. */
	aliveUrl: string;
}

/**
 * Points the app's `instagram` subscription at a callback URL, fields merged,
 * after saying which callback that replaces and whether it can be put back.
 * What to put back is written down first. Where Meta does not let the API do
 * it, what to do by hand is told instead.
 * @throws IgwhError
 */
export async function* takeCallback(
	taking: Taking,
	store: Store,
	config: Config,
	world: World,
): AsyncGenerator<ReplacingRecord | SubscriptionRecord | DashboardRecord> {
	const appId = config.need("appId");
	const graph = graphClient(config, world);
	const current = await graph(readAppSubscription(appId));
	const left = store.takeovers.find(appId, config.get("graphUrl"));
	const previous = left ? left.previous : current;
	const fields = [...new Set([...(current?.fields ?? []), ...taking.fields])];
	if (previous && previous.callbackUrl !== taking.callbackUrl) {
		const replacing = await announce(previous, taking, appId, world);
		yield replacing;
		await confirmLoss(replacing, world);
	}
	store.takeovers.put({
		appId,
		graphUrl: config.get("graphUrl"),
		callbackUrls: [...(left?.callbackUrls ?? []), taking.callbackUrl],
		aliveUrl: taking.aliveUrl,
		previous,
	});
	try {
		yield await pointTo(taking, fields, current, graph, appId);
	} catch (error) {
		if (!left) store.takeovers.remove(appId);
		if (!refusesTheEdge(error)) throw error;
		const { callbackUrl, verifyToken } = taking;
		const reason = error.message;
		yield {
			type: "dashboard",
			callbackUrl,
			verifyToken,
			fields,
			reason,
			...(previous && { previousCallbackUrl: previous.callbackUrl }),
		};
	}
}

/** The tunnel has another address: the app follows. */
export async function moveCallback(
	taking: Taking,
	store: Store,
	config: Config,
	world: World,
): Promise<SubscriptionRecord | undefined> {
	const appId = config.need("appId");
	const graph = graphClient(config, world);
	const taken = store.takeovers.find(appId, config.get("graphUrl"));
	if (!taken) return undefined;
	const current = await graph(readAppSubscription(appId));
	const callbackUrls = [...taken.callbackUrls, taking.callbackUrl];
	store.takeovers.put({ ...taken, callbackUrls });
	return pointTo(
		taking,
		current?.fields ?? taking.fields,
		current,
		graph,
		appId,
	);
}

async function pointTo(
	{ callbackUrl, verifyToken }: Taking,
	fields: readonly string[],
	before: AppSubscription | undefined,
	graph: Graph,
	appId: string,
): Promise<SubscriptionRecord> {
	await graph(
		writeAppSubscription(appId, { callbackUrl, verifyToken, fields }),
	);
	const after = await graph(readAppSubscription(appId));
	if (after?.callbackUrl !== callbackUrl)
		throw new IgwhError(
			"graph",
			`Meta said yes, but the app's callback is ${after?.callbackUrl ?? "none"}`,
			"run the command again; if it stays so, set the callback in the App Dashboard",
		);
	return {
		type: "subscription",
		target: "app",
		id: appId,
		fields: after.fields,
		previous: before?.fields ?? [],
		changed: true,
		callbackUrl,
		...(before && { previousCallbackUrl: before.callbackUrl }),
	};
}

async function announce(
	{ callbackUrl, fields }: NonNullable<Takeover["previous"]>,
	taking: Taking,
	appId: string,
	world: World,
): Promise<ReplacingRecord> {
	const reason =
		taking.restoreToken === undefined
			? "its verify token is not known; give it with --restore-verify-token"
			: await answersHandshake(callbackUrl, taking.restoreToken, world);
	return {
		type: "replacing",
		appId,
		callbackUrl: taking.callbackUrl,
		previousCallbackUrl: callbackUrl,
		previousFields: [...fields],
		restorable: reason === undefined,
		...(reason && { reason }),
	};
}

/** Whoever sits there may still say no; a script has said `--subscribe`. */
async function confirmLoss(
	{ restorable }: ReplacingRecord,
	{ terminal, prompts }: World,
): Promise<void> {
	if (restorable || !terminal.interactive) return;
	if (await prompts.confirm("Replace it all the same?")) return;
	throw new IgwhError(
		"usage",
		"nothing was changed",
		"give its verify token with --restore-verify-token, or listen without --subscribe",
	);
}

/** Documents disagree whether this edge takes the `instagram` object: a refusal that is not about the callback or a token. */
function refusesTheEdge(error: unknown): error is GraphRefusal {
	return (
		error instanceof GraphRefusal &&
		(error.code === "graph" || error.code === "permission") &&
		error.about !== "moment" &&
		![2200, 2201].includes(error.graphCode)
	);
}
