import type { HeaderList, HttpResponse } from "../../http.ts";
import { deliveryHeaders } from "../../webhook/meta-request.ts";
import {
	deliveryTimeoutMs,
	isSuccess,
	retryWaits,
} from "../../webhook/meta-retries.ts";
import type { Sandbox } from "../context.ts";
import { shownUrl } from "../log.ts";
import { loginOf, type SandboxState } from "../simulation/state.ts";
import type { DeliveryBody } from "./delivery-body.ts";
import { noteFailure, noteSuccess } from "./disabling.ts";
import type { DeliveryReport } from "./report.ts";

/** A delivery about to be sent, and sent again for as long as it fails. */
export interface NewDelivery extends DeliveryBody {
	accountId: string;
	field: string;
}

/**
 * Sends a delivery to the app's callback, signed as Meta does. When that fails,
 * the same bytes are sent again in the background.
 * @returns nothing where the app has no callback
 */
export async function deliver(
	sandbox: Sandbox,
	delivery: NewDelivery,
): Promise<DeliveryReport | null> {
	const first = await attempt(sandbox, delivery, 1);
	if (first && !succeeded(first)) void retry(sandbox, delivery);
	return first;
}

async function retry(sandbox: Sandbox, delivery: NewDelivery): Promise<void> {
	const { world, closed, retryScale } = sandbox;
	for (const [index, wait] of retryWaits.entries()) {
		await world.clock.sleep(wait * retryScale, closed);
		if (closed.aborted) return;
		const report = await attempt(sandbox, delivery, index + 2);
		if (!report || succeeded(report)) return;
		if (noteFailure(sandbox, delivery)) return;
	}
}

/** One POST to wherever the app's callback points at that moment. */
async function attempt(
	sandbox: Sandbox,
	delivery: NewDelivery,
	count: number,
): Promise<DeliveryReport | null> {
	const callback = sandbox.state.subscriptions.get("instagram")?.callbackUrl;
	if (callback === undefined) return null;
	const { field, accountId, bytes, style } = delivery;
	const { clock } = sandbox.world;
	const startedAt = clock.now();
	const secret = signingSecret(sandbox.state, accountId);
	const headers = deliveryHeaders(bytes, style, secret);
	const { response, ...result } = await post(sandbox, callback, {
		headers,
		body: bytes,
	});
	const url = shownUrl(callback);
	const report = { url, ...result, ms: clock.now() - startedAt };
	if (sandbox.closed.aborted) return report;
	const about = { field, accountId, attempt: count };
	sandbox.log({ type: "attempt", ...about, url, ...result });
	sandbox.record({
		...about,
		...report,
		request: { headers, body: bytes },
		...(response && { response }),
	});
	if (succeeded(report)) noteSuccess(sandbox, accountId);
	else if (count === 1) noteFailure(sandbox, delivery);
	return report;
}

async function post(
	{ world, closed, receiverDown }: Sandbox,
	url: string,
	request: { headers: HeaderList; body: Uint8Array },
): Promise<{ status?: number; error?: string; response?: HttpResponse }> {
	if (receiverDown) return { error: "the receiver is down (simulated)" };
	try {
		const response = await world.network.send({
			method: "POST",
			url,
			...request,
			timeoutMs: deliveryTimeoutMs,
			signal: closed,
		});
		return { status: response.status, response };
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
