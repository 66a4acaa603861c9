import { describe, expect, test } from "vitest";
import { bodyText } from "../../../src/http.ts";
import { asRecord, parseDelivery } from "../../../src/webhook/delivery.ts";
import { instagramFields } from "../../../src/webhook/fields.ts";
import {
	appId,
	appToken,
	callbackUrl,
	goodReceiver,
	igUserId,
	pageId,
	settle,
	startSandbox,
	verifyToken,
} from "../../support/sandbox-world.ts";

const everyField = Object.keys(instagramFields).join(",");
const { origin } = new URL(callbackUrl);

async function trigger(json: object, options = {}) {
	const sandbox = startSandbox(options);
	await sandbox.subscribe(everyField);
	const answer = await sandbox.ask("POST /sandbox/trigger", { json });
	return { ...sandbox, result: answer.json };
}

describe("messaging fields use Meta's second encoding", () => {
	const fields = Object.entries(instagramFields).filter(
		([, { container }]) => container !== "changes",
	);

	test.each(fields)("%s", async (field, { container }) => {
		const { sent, result } = await trigger({ field });
		expect(result).toMatchObject({ delivery: { status: 200 }, gates: [] });
		const [delivery] = sent;
		const text = bodyText(delivery as never);
		expect(text).toMatch(
			`{"object":"instagram","entry":[{"time":${result.value.timestamp},"id":"${igUserId}","${container}":[{`,
		);
		expect(delivery?.headers).toContainEqual([
			"User-Agent",
			"facebookexternalua",
		]);
		const [change] = parseDelivery(Buffer.from(text)).changes;
		expect(change).toMatchObject({ field, value: result.value });
	});

	test("escapes slashes, and sends echoes the other way", async () => {
		const { sent, result } = await trigger({
			field: "message_echoes",
			text: "a/b ☕",
		});
		expect(bodyText(sent[0] as never)).toContain('"text":"a\\/b \\u2615"');
		expect(result.value.sender.id).toBe(igUserId);
	});
});

describe("many at once", () => {
	test.each([
		[{ count: 5, batch: 2 }, [2, 2, 1]],
		[{ count: 1000, batch: 1000 }, [1000]],
		[{ count: 2, duplicate: true }, [1, 1, 1, 1]],
	])("%j", async (manner, sizes) => {
		const { sent, result } = await trigger({ field: "comments", ...manner });
		expect(sent.map(({ body }) => parseDelivery(body).changes.length)).toEqual(
			sizes,
		);
		if (sizes.length > 1)
			expect(result.deliveries).toEqual({
				sent: sizes.length,
				ok: sizes.length,
				failed: 0,
			});
	});

	test("duplicates have the same bytes", async () => {
		const { sent } = await trigger({ field: "comments", duplicate: true });
		expect(sent.map(bodyText)[0]).toBe(sent.map(bodyText)[1]);
	});

	test("in any order", async () => {
		const { sent, state } = await trigger({
			field: "comments",
			count: 20,
			shuffle: true,
		});
		const received = sent.map(
			({ body }) => asRecord(parseDelivery(body).changes[0]?.value).id,
		);
		const written = [...state.comments.keys()].slice(-20);
		expect(received).not.toEqual(written);
		expect(received.toSorted()).toEqual(written.toSorted());
	});

	test.each([
		[{ count: 0 }, "Param count must be an integer from 1 to 10000."],
		[{ batch: 1001 }, "Param batch must be an integer from 1 to 1000."],
	])("not %j", async (manner, message) => {
		const { result } = await trigger({ field: "comments", ...manner });
		expect(result.error.message).toBe(`(#100) ${message}`);
	});
});

test("an app without values is sent the names of the fields only", async () => {
	const { ask, sent, subscribe } = startSandbox();
	await subscribe();
	await ask(`POST /${appId}/subscriptions`, {
		token: appToken,
		form: {
			object: "instagram",
			callback_url: callbackUrl,
			fields: "comments",
			verify_token: verifyToken,
			include_values: "false",
		},
	});
	sent.length = 0;
	await ask("POST /sandbox/trigger", { json: { field: "comments" } });
	expect(bodyText(sent[0] as never)).toMatch(
		/"changed_fields": \["comments"\]/,
	);
});

describe("the Test button", () => {
	test.each(Object.keys(instagramFields))("%s", async (field) => {
		const { ask, sent, subscribe } = startSandbox({
			closedGates: ["app-live", "permission"],
		});
		await subscribe();
		await ask("POST /sandbox/close", {
			json: { gates: ["page-subscription"] },
		});
		const { json } = await ask("POST /sandbox/test", { json: { field } });
		expect(json.delivery.status).toBe(200);
		expect(bodyText(sent[0] as never)).toMatch(
			`"changes": [{"field": "${field}", "value": {`,
		);
		const { changes } = parseDelivery(sent[0]?.body as Uint8Array);
		expect(changes).toMatchObject([{ accountId: "0", field }]);
	});

	test("needs a callback", async () => {
		const { refusal } = startSandbox();
		const json = { field: "comments" };
		expect(await refusal("POST /sandbox/test", { json })).toContain(
			"the app has no callback",
		);
	});
});

describe("an hour of failures", () => {
	test.each([
		["messages", undefined, true],
		["comments", undefined, false],
		["comments", "all", true],
		["messages", "never", false],
	] as const)(
		"of %s, disabling %s: unsubscribed %s",
		async (field, disabling, unsubscribed) => {
			const { state, log, ask, receivers, subscribe } = startSandbox(
				disabling ? { disabling } : {},
			);
			await subscribe(everyField);
			receivers.set(origin, goodReceiver(Array(99).fill(500)));
			await ask("POST /sandbox/trigger", { json: { field } });
			await settle();
			expect(state.pages.get(pageId)?.subscribedFields === undefined).toBe(
				unsubscribed,
			);
			expect(log.some(({ type }) => type === "disabled")).toBe(unsubscribed);
		},
	);

	test("that was interrupted by a success does not count", async () => {
		const { state, ask, world, receivers, subscribe } = startSandbox();
		await subscribe(everyField);
		const json = { field: "messages" };
		receivers.set(origin, goodReceiver([500, 200, 500, 200]));
		await ask("POST /sandbox/trigger", { json });
		await settle();
		await world.clock.sleep(7_200_000);
		await ask("POST /sandbox/trigger", { json });
		await settle();
		expect(state.pages.get(pageId)?.subscribedFields).toEqual(["feed"]);
	});
});

test("a receiver that is down is not called", async () => {
	const { ask, sent, subscribe } = startSandbox();
	await subscribe();
	await ask("POST /sandbox/receiver", { json: { down: true } });
	const { json } = await ask("POST /sandbox/trigger", {
		json: { field: "comments" },
	});
	expect(json.delivery.error).toBe("the receiver is down (simulated)");
	expect(sent).toEqual([]);
});
