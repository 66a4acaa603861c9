import type { Sandbox } from "../context.ts";
import { pageOfAccount } from "../simulation/state.ts";
import type { NewDelivery } from "./deliver.ts";

const hour = 3_600_000;

/**
 * Counts a failed attempt; after an hour of nothing else the app is unsubscribed
 * from the account and its page.
 * @returns whether it was unsubscribed
 */
export function noteFailure(
	sandbox: Sandbox,
	{ accountId, style }: NewDelivery,
): boolean {
	const { state, world, retryScale, disabling } = sandbox;
	const now = world.clock.now();
	const since = state.failingSince.get(accountId) ?? now;
	state.failingSince.set(accountId, since);
	if (disabling !== "all" && disabling !== style) return false;
	if (now - since < hour * retryScale) return false;
	state.failingSince.delete(accountId);
	delete pageOfAccount(state, accountId)?.subscribedFields;
	delete state.accounts.get(accountId)?.subscribedFields;
	sandbox.log({ type: "disabled", accountId });
	return true;
}

export function noteSuccess({ state }: Sandbox, accountId: string): void {
	state.failingSince.delete(accountId);
}
