import { collectFacts, type Facts } from "../../checks/live/facts.ts";
import { liveChecks } from "../../checks/live/live-checks.ts";
import { runLiveChecks } from "../../checks/live/run-live-checks.ts";
import type { Config } from "../../config/config.ts";
import type { Secret } from "../../config/secret.ts";
import { debugToken } from "../../graph/debug-token.ts";
import { eachTarget } from "../../graph/each-target.ts";
import { type Graph, graphClient } from "../../graph/graph-client.ts";
import { readLinkedPage } from "../../graph/page.ts";
import {
	type SubscriptionTarget,
	subscribedAppsOf,
	subscriptionTargets,
} from "../../graph/subscription-targets.ts";
import {
	type AppSubscription,
	readAppSubscription,
} from "../../graph/subscriptions.ts";
import { openStore } from "../../store/store.ts";
import { instagramFields } from "../../webhook/fields.ts";
import type { World } from "../../world.ts";
import type { SubscribeRecord } from "./records.ts";
import type { SubscribeInput } from "./run.ts";

/** What the app and its pages or accounts are subscribed to, and what does not fit. */
export async function* listSubscriptions(
	input: SubscribeInput,
	config: Config,
	world: World,
): AsyncGenerator<SubscribeRecord> {
	const graph = graphClient(config, world);
	const appId = config.get("appId");
	const app = appId ? await graph(readAppSubscription(appId)) : undefined;
	if (appId) {
		const problems = await appProblems(app, input, config, world);
		yield appRow(appId, app, problems);
	}
	const targets = await subscriptionTargets(
		{ ids: input.pages, all: input.all },
		config,
		graph,
	);
	let row = 0;
	yield* eachTarget(targets, async function* (target) {
		yield await targetRow(target, ++row, { app, config, graph });
	});
}

function appRow(
	id: string,
	app: AppSubscription | undefined,
	problems: string[],
): SubscribeRecord {
	const fields = app?.fields ?? [];
	return {
		type: "subscription",
		target: "app",
		id,
		fields,
		previous: fields,
		changed: false,
		row: 0,
		appFields: fields,
		...(app && {
			callbackUrl: app.callbackUrl,
			previousCallbackUrl: app.callbackUrl,
		}),
		problems,
	};
}

/** The checks of igwh doctor that concern the callback and the app's subscription. */
async function appProblems(
	app: AppSubscription | undefined,
	input: SubscribeInput,
	config: Config,
	world: World,
): Promise<string[]> {
	const store = await openStore(config, world);
	try {
		const facts: Facts = collectFacts(
			{
				fields: app?.fields ?? input.instagramFields,
				fieldsNamed: false,
				expectedCallback: input.callback,
				answers: {},
				store,
			},
			config,
			world,
		);
		// A listener that answers is alive; it would show every handshake as Meta's.
		const listens = app && (await facts.probe()).state === "listening";
		const wanted = listens
			? /^app\.|^callback\.(address|owner)$/
			: /^app\.|^callback\.(?!wrong-token|speed)/;
		const checks = liveChecks.filter(
			({ id, last }) => !last && wanted.test(id),
		);
		const findings = await runLiveChecks(checks, facts);
		return findings
			.filter(
				({ judgement, blockedBy }) => judgement.status !== "pass" && !blockedBy,
			)
			.map(({ check, judgement }) => `${check.id}: ${judgement.detail}`);
	} finally {
		store.close();
	}
}

interface RowContext {
	app: AppSubscription | undefined;
	config: Config;
	graph: Graph;
}

async function targetRow(
	target: SubscriptionTarget,
	row: number,
	context: RowContext,
): Promise<SubscribeRecord> {
	const { app, graph } = context;
	const { id, token, ...known } = await target.open();
	const fields = await graph(subscribedAppsOf[target.kind].read(id), token);
	const page =
		target.kind === "page" ? await graph(readLinkedPage(id), token) : undefined;
	const title = known.title ?? page?.name;
	const igUserId = known.igUserId ?? page?.igUserId;
	return {
		type: "subscription",
		target: target.kind,
		id,
		fields,
		previous: fields,
		changed: false,
		row,
		...(title && { title }),
		...(igUserId && { igUserId }),
		appFields: app?.fields ?? [],
		...(app && { callbackUrl: app.callbackUrl }),
		problems: [
			...(fields.length === 0 ? ["the app is not subscribed"] : []),
			...(page && !igUserId ? ["no Instagram account is linked"] : []),
			...(page ? await withoutPermission(token, context) : []),
		],
	};
}

/** The app's fields that this page's token has no permission for. */
async function withoutPermission(
	token: Secret,
	{ app, config, graph }: RowContext,
): Promise<string[]> {
	if (!app || !config.secret("appSecret")) return [];
	const { scopes } = await graph(debugToken(token));
	return app.fields.flatMap((field) => {
		const missing = instagramFields[field]?.permissions.filter(
			(permission) => !scopes.includes(permission),
		);
		return missing?.length ? [`${field} without ${missing.join(", ")}`] : [];
	});
}
