import type { Config } from "../config.ts";
import { graphClient } from "../graph/graph-client.ts";
import {
	deleteAppSubscription,
	readAppSubscription,
	writeAppSubscription,
} from "../graph/subscriptions.ts";
import { asIgwhError, IgwhError } from "../igwh-error.ts";
import type { SubscriptionRecord } from "../records.ts";
import type { Store } from "../store/store.ts";
import type { Takeover } from "../store/takeovers.ts";
import { UnreachableError, type World } from "../world.ts";

/**
 * Puts back the callback, fields and all, that a listener took: its own on
 * exit, or one that a crash left behind. Where someone has changed the
 * subscription since, theirs stays.
 * @param restoreToken the verify token of the old callback, where it is known
 * @returns nothing where there is nothing to put back
 * @throws IgwhError with the command to run later
 */
export async function giveCallbackBack(
	restoreToken: string | undefined,
	store: Store,
	config: Config,
	world: World,
): Promise<SubscriptionRecord | undefined> {
	const appId = config.get("appId");
	if (appId === undefined) return undefined;
	const taken = store.takeovers.find(appId, config.get("graphUrl"));
	if (!taken) return undefined;
	try {
		return await giveBack(taken, restoreToken, store, config, world);
	} catch (error) {
		const { code, message } = asIgwhError(error);
		throw new IgwhError(
			code === "bug" ? "graph" : code,
			`the callback ${taken.previous?.callbackUrl ?? ""} could not be put back: ${message}`,
			laterCommand(taken, config),
			{ cause: error },
		);
	}
}

async function giveBack(
	{ appId, callbackUrls, previous }: Takeover,
	restoreToken: string | undefined,
	store: Store,
	config: Config,
	world: World,
): Promise<SubscriptionRecord | undefined> {
	const graph = graphClient(config, world);
	const current = await graph(readAppSubscription(appId));
	if (!current || !callbackUrls.includes(current.callbackUrl)) {
		store.takeovers.remove(appId);
		return undefined;
	}
	if (previous && restoreToken === undefined)
		throw new IgwhError("configuration", "its verify token is not known", "");
	await graph(
		previous
			? writeAppSubscription(appId, {
					...previous,
					verifyToken: restoreToken ?? "",
				})
			: deleteAppSubscription(appId),
	);
	const after = await graph(readAppSubscription(appId));
	store.takeovers.remove(appId);
	return {
		type: "subscription",
		target: "app",
		id: appId,
		fields: after?.fields ?? [],
		previous: current.fields,
		changed: true,
		...(after && { callbackUrl: after.callbackUrl }),
		previousCallbackUrl: current.callbackUrl,
	};
}

function laterCommand({ previous }: Takeover, config: Config): string {
	const words = ["igwh listen --restore"];
	if (config.sandbox) words.push("--sandbox");
	for (const [name, flag] of [
		["home", "--home"],
		["appId", "--app-id"],
		["graphUrl", "--graph-url"],
	] as const)
		if (config.source(name) === "flag")
			words.push(`${flag} ${config.get(name)}`);
	if (previous) words.push("--restore-verify-token <its verify token>");
	return `once it answers, run: ${words.join(" ")}`;
}

/** Does the listener that took the callback still run? */
export async function takeoverIsAlive(
	store: Store,
	config: Config,
	{ network }: World,
): Promise<boolean> {
	const appId = config.get("appId");
	const taken = appId && store.takeovers.find(appId, config.get("graphUrl"));
	if (!taken) return false;
	try {
		const answer = await network.send({
			method: "GET",
			url: taken.aliveUrl,
			headers: [],
			body: Buffer.from(""),
			timeoutMs: 2000,
		});
		return answer.status === 200;
	} catch (error) {
		if (error instanceof UnreachableError) return false;
		throw error;
	}
}
