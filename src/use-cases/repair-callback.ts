import type { Config } from "../config.ts";
import { asIgwhError, IgwhError } from "../igwh-error.ts";
import type { SubscriptionRecord } from "../records.ts";
import type { Store } from "../store/store.ts";
import type { World } from "../world.ts";
import { giveCallbackBack, takeoverIsAlive } from "./give-callback-back.ts";

/**
 * Puts back a callback that an earlier listener took and, by a crash or for
 * want of a token, did not put back.
 * @throws IgwhError where it was asked for and fails, or where that listener still runs
 */
export async function* repairCallback(
	{ restore, subscribe }: { restore?: boolean; subscribe?: boolean },
	restoreToken: string | undefined,
	store: Store,
	config: Config,
	world: World,
): AsyncGenerator<SubscriptionRecord> {
	if (await takeoverIsAlive(store, config, world)) {
		if (!restore && !subscribe) return;
		throw new IgwhError(
			"usage",
			"another listener of this store has the app's callback",
			"end it first, with Ctrl-C: it puts the old callback back",
		);
	}
	try {
		const back = await giveCallbackBack(restoreToken, store, config, world);
		if (back) yield back;
		else if (restore) world.terminal.note("there is no callback to put back");
	} catch (error) {
		if (restore) throw error;
		const { message, hint } = asIgwhError(error);
		world.terminal.note(`igwh: an earlier listener ended early; ${message}`);
		world.terminal.note(`  ${hint}`);
	}
}
