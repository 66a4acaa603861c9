import { expect, test } from "vitest";
import { textResponse } from "../../../src/http.ts";
import { deliveryHeaders } from "../../../src/webhook/meta-request.ts";
import { retryWaits } from "../../../src/webhook/meta-retries.ts";
import { verifySignature } from "../../../src/webhook/signature.ts";
import {
	appId,
	appSecret,
	appToken,
	callbackUrl,
	goodReceiver,
	igUserId,
	settle,
	startedAt,
	startSandbox,
} from "../../support/sandbox-world.ts";

const { origin } = new URL(callbackUrl);
const event = { json: { field: "comments", text: "a/b ☕", from: "nora" } };

async function trigger(statuses: number[], options = {}) {
	const sandbox = startSandbox(options);
	await sandbox.subscribe();
	sandbox.receivers.set(origin, goodReceiver(statuses));
	sandbox.naps.length = 0;
	const { json } = await sandbox.ask("POST /sandbox/trigger", event);
	return { ...sandbox, result: json };
}

test("looks as Meta's deliveries do", async () => {
	const { sent, result } = await trigger([]);
	const { id, from } = result.value;
	const [delivery] = sent;
	const body = `{"entry": [{"id": "${igUserId}", "time": ${startedAt / 1000}, "changes": [{"value": {"from": {"id": "${from.id}", "username": "nora"}, "media": {"id": "17955061238374021", "media_product_type": "FEED"}, "id": "${id}", "text": "a/b \\u2615"}, "field": "comments"}]}], "object": "instagram"}`;
	expect(delivery).toEqual({
		method: "POST",
		url: callbackUrl,
		headers: deliveryHeaders(Buffer.from(body), "changes", appSecret),
		body: Buffer.from(body),
		timeoutMs: 5000,
		signal: expect.any(AbortSignal),
	});
	expect(
		verifySignature(Buffer.from(body), delivery?.headers ?? [], [
			{ name: "app secret", value: appSecret },
		]),
	).toMatchObject({ valid: true });
	expect(result.delivery).toEqual({ url: callbackUrl, status: 200, ms: 0 });
});

test("a failed one is sent again, the same bytes, until it is taken", async () => {
	const { sent, naps, log, result } = await trigger([500, 302, 404]);
	expect(result.delivery).toEqual({ url: callbackUrl, status: 500, ms: 0 });
	await settle();
	expect(naps).toEqual([0, 60_000, 300_000]);
	expect(
		new Set(sent.map(({ body }) => Buffer.from(body).toString())).size,
	).toBe(1);
	expect(log.filter(({ type }) => type === "attempt")).toEqual(
		[500, 302, 404, 200].map((status, index) => ({
			type: "attempt",
			field: "comments",
			accountId: igUserId,
			url: callbackUrl,
			attempt: index + 1,
			status,
		})),
	);
});

test("it is given up within 36 hours", async () => {
	const { naps, sent } = await trigger(Array(99).fill(503));
	await settle();
	expect(naps).toEqual(retryWaits);
	expect(sent).toHaveLength(retryWaits.length + 1);
	const total = naps.reduce((sum, wait) => sum + wait, 0);
	expect(total).toBeLessThanOrEqual(36 * 3_600_000);
});

test("the waits can be scaled", async () => {
	const { naps } = await trigger([500, 500, 500], { retryScale: 0.001 });
	await settle();
	expect(naps).toEqual([0, 60, 300]);
});

test("nobody there is reported, and tried again", async () => {
	const { ask, subscribe, receivers, log } = startSandbox();
	await subscribe();
	receivers.clear();
	const { json } = await ask("POST /sandbox/trigger", event);
	expect(json.delivery).toEqual({
		url: callbackUrl,
		error: "nobody listens",
		ms: 0,
	});
	await settle();
	expect(log.filter(({ type }) => type === "attempt")).toHaveLength(
		retryWaits.length + 1,
	);
});

test("closing the sandbox ends the retries", async () => {
	const { close, sent } = await trigger(Array(99).fill(500));
	close();
	const before = sent.length;
	await settle();
	expect(sent.length - before).toBeLessThanOrEqual(1);
});

test("retries go where the callback points by then, and end without one", async () => {
	const { ask, subscribe, receivers, sent } = startSandbox();
	await subscribe();
	receivers.set(origin, async () => {
		await ask(`DELETE /${appId}/subscriptions`, { token: appToken });
		return textResponse(500, "");
	});
	await ask("POST /sandbox/trigger", event);
	await settle();
	expect(sent).toHaveLength(1);
});
