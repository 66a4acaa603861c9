import { graphClient } from "../graph/graph-client.ts";
import { readAppSubscription } from "../graph/subscriptions.ts";
import { asIgwhError, IgwhError } from "../igwh-error.ts";
import type { Override } from "../store/overrides.ts";
import type { CallbackContext } from "./callback-context.ts";
import { type Probe, probeListener, probeOwner } from "./probe-listener.ts";
import type { SubscriptionRecord } from "./records.ts";
import { restoreCallback } from "./restore-callback.ts";

/**
 * Restores a callback that an earlier listener overrode and did not restore,
 * because it crashed or had no token. Nothing is changed while that listener may
 * still run.
 * @throws IgwhError where `restore` fails, or where that listener may still run
 */
export async function* repairCallback(
	{ restore, subscribe }: { restore?: boolean; subscribe?: boolean },
	restoreToken: string | undefined,
	context: CallbackContext,
): AsyncGenerator<SubscriptionRecord> {
	const { overrides, config, world } = context;
	const appId = config.get("appId");
	const held = appId && overrides.find(appId, config.get("graphUrl"));
	if (!held) {
		if (restore) world.terminal.note("there is no callback to restore");
		return;
	}
	try {
		const state = await holderState(held, context);
		if (state !== "absent") {
			if (restore || subscribe) throw stillRuns(held, state);
			return;
		}
		const asked = restore ?? false;
		const result = await restoreCallback({ restoreToken, asked }, context);
		if (result.state === "restored") yield result.record;
		if (result.state === "settled" && restore)
			world.terminal.note("there is no callback to restore");
		if (result.state === "kept")
			throw new IgwhError("usage", result.reason, result.hint);
	} catch (error) {
		const { message, hint, code } = asIgwhError(error);
		if (restore || code === "interrupted" || error instanceof StillRuns)
			throw error;
		world.terminal.note(
			`igwh: an earlier listener did not restore the callback; ${message}\n  ${hint}`,
		);
	}
}

/** Probes this machine first, then the callback URL. */
async function holderState(
	held: Override,
	{ config, world }: CallbackContext,
): Promise<Probe["state"]> {
	const local = await probeOwner(held.owner, world);
	if (local !== "absent") return local;
	const graph = graphClient(config, world);
	const current = await graph(readAppSubscription(held.appId));
	if (!current || !held.callbackUrls.includes(current.callbackUrl))
		return "absent";
	const secret = await config.needSecret("appSecret");
	const { state } = await probeListener(
		current.callbackUrl,
		secret.reveal(),
		world,
	);
	return state === "listening" ? state : "absent";
}

class StillRuns extends IgwhError {}

function stillRuns({ owner }: Override, state: Probe["state"]): IgwhError {
	return state === "listening"
		? new StillRuns(
				"usage",
				"another listener of this store holds the app's callback",
				"end it first, with Ctrl-C: it restores the old callback",
			)
		: new StillRuns(
				"usage",
				`another listener of this store holds the app's callback, and ${new URL(owner).host} does not answer: it may be busy or stopped`,
				"end that process first; the callback can be restored once nothing listens there",
			);
}
