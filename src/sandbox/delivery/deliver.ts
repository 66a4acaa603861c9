import { deliveryHeaders } from "../../webhook/meta-request.ts";
import {
	deliveryTimeoutMs,
	isSuccess,
	retryWaits,
} from "../../webhook/meta-retries.ts";
import { wireBytes } from "../../webhook/wire-encoding.ts";
import type { Sandbox } from "../context.ts";
import { unixSeconds } from "../graph-time.ts";
import { shownUrl } from "../log.ts";
import { loginOf, type SandboxState } from "../simulation/state.ts";

/** Something that happened to an account, about to be told. */
export interface NewChange {
	accountId: string;
	/** An Instagram field delivered in `changes`. */
	field: string;
	value: Record<string, unknown>;
}

/** How the first attempt went. */
export interface DeliveryReport {
	/** The callback URL, without what may be secret in it. */
	url: string;
	status?: number;
	ms: number;
	/** Why there is no status. */
	error?: string;
}

/**
 * Sends a change to the app's callback, encoded and signed as Meta does. When
 * that fails, the same bytes are sent again in the background.
 * @returns nothing where the app has no callback
 */
export async function deliver(
	sandbox: Sandbox,
	change: NewChange,
): Promise<DeliveryReport | null> {
	const body = deliveryBody(change, unixSeconds(sandbox.world.clock.now()));
	const first = await attempt(sandbox, change, body, 1);
	if (first && !succeeded(first)) void retry(sandbox, change, body);
	return first;
}

/** In the key order of live deliveries: value before field, object last (meta-platform §2.2). */
function deliveryBody(
	{ accountId, field, value }: NewChange,
	time: number,
): Uint8Array {
	const payload = {
		entry: [{ id: accountId, time, changes: [{ value, field }] }],
		object: "instagram",
	};
	return wireBytes(JSON.stringify(payload), "changes");
}

async function retry(
	sandbox: Sandbox,
	change: NewChange,
	body: Uint8Array,
): Promise<void> {
	const { world, closed, retryScale } = sandbox;
	for (const [index, wait] of retryWaits.entries()) {
		await world.clock.sleep(wait * retryScale, closed);
		if (closed.aborted) return;
		const report = await attempt(sandbox, change, body, index + 2);
		if (!report || succeeded(report)) return;
	}
}

/** One POST to wherever the app's callback points at that moment. */
async function attempt(
	sandbox: Sandbox,
	{ field, accountId }: NewChange,
	body: Uint8Array,
	count: number,
): Promise<DeliveryReport | null> {
	const callback = sandbox.state.subscriptions.get("instagram")?.callbackUrl;
	if (callback === undefined) return null;
	const { clock } = sandbox.world;
	const startedAt = clock.now();
	const secret = signingSecret(sandbox.state, accountId);
	const result = await post(sandbox, callback, { body, secret });
	const url = shownUrl(callback);
	if (!sandbox.closed.aborted)
		sandbox.log({
			type: "attempt",
			field,
			accountId,
			url,
			attempt: count,
			...result,
		});
	return { url, ...result, ms: clock.now() - startedAt };
}

async function post(
	{ world, closed }: Sandbox,
	url: string,
	{ body, secret }: { body: Uint8Array; secret: string },
): Promise<{ status: number } | { error: string }> {
	try {
		const { status } = await world.network.send({
			method: "POST",
			url,
			headers: deliveryHeaders(body, "changes", secret),
			body,
			timeoutMs: deliveryTimeoutMs,
			signal: closed,
		});
		return { status };
	} catch (error) {
		return { error: error instanceof Error ? error.message : String(error) };
	}
}

/** Accounts subscribed through Instagram Login are signed for with its own secret. */
function signingSecret(state: SandboxState, accountId: string): string {
	const { secret, instagramAppSecret } = state.app;
	return loginOf(state, accountId) === "instagram"
		? instagramAppSecret
		: secret;
}

function succeeded({ status = 0 }: DeliveryReport): boolean {
	return isSuccess(status);
}
