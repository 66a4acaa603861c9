import { beforeEach, describe, expect, test } from "vitest";
import { bodyText, headerValues, textResponse } from "../../src/http.ts";
import { receiver } from "../../src/receiver/receiver.ts";
import type { NewDelivery } from "../../src/store/deliveries.ts";
import { deliveryHeaders } from "../../src/webhook/meta-request.ts";
import { vectorSecret, vectors } from "../support/vectors.ts";

const accepted: NewDelivery[] = [];
const told: unknown[] = [];
let storeFails = false;

const handle = receiver({
	verifyToken: "token",
	secrets: [{ name: "app secret", value: vectorSecret }],
	now: () => 1_760_000_000_000,
	accept: async (delivery) => {
		if (storeFails) throw new Error("disk full");
		accepted.push(delivery);
		return textResponse(200, "");
	},
	onHandshake: (record) => told.push(record),
});

beforeEach(() => {
	accepted.length = 0;
	told.length = 0;
	storeFails = false;
});

const ask = (method: string, target: string, body = "", headers = {}) =>
	handle({
		method,
		target,
		headers: Object.entries<string>(headers),
		body: Buffer.from(body),
	});

describe("the handshake", () => {
	const hub = "hub.mode=subscribe&hub.challenge=0012345";

	test("gives the challenge back, bare, as text", async () => {
		const answer = await ask("GET", `/webhook?${hub}&hub.verify_token=token`);
		expect([answer.status, bodyText(answer)]).toEqual([200, "0012345"]);
		expect(headerValues(answer.headers, "content-type")).toEqual([
			"text/plain; charset=utf-8",
		]);
		expect(headerValues(answer.headers, "x-content-type-options")).toEqual([
			"nosniff",
		]);
		expect(told).toEqual([{ type: "handshake", ok: true }]);
	});

	test.each([
		[
			`${hub}&hub.verify_token=wrong`,
			"hub.verify_token is not the verify token",
		],
		[hub, "no hub.verify_token"],
		["hub.challenge=1&hub.verify_token=token", "no hub.mode"],
		["", "no hub.mode"],
	])("refuses ?%s without giving it back", async (query, reason) => {
		const answer = await ask("GET", `/webhook?${query}`);
		expect([answer.status, bodyText(answer)]).toEqual([403, `${reason}\n`]);
		expect(told).toEqual([{ type: "handshake", ok: false, reason }]);
	});
});

describe("a delivery", () => {
	const [{ wire, style }] = vectors;
	const headers = Object.fromEntries(
		deliveryHeaders(Buffer.from(wire), style, vectorSecret),
	);

	test("is stored as received, and answered 200", async () => {
		const answer = await ask("POST", "/webhook?x=1", wire, headers);
		expect(answer.status).toBe(200);
		expect(accepted).toMatchObject([
			{
				receivedAt: 1_760_000_000_000,
				target: "/webhook?x=1",
				headers: Object.entries(headers),
				body: Buffer.from(wire),
				verdict: { valid: true, algorithm: "sha256", secret: "app secret" },
			},
		]);
	});

	test("with an invalid signature is stored and answered 401", async () => {
		const answer = await ask("POST", "/webhook", `${wire} `, headers);
		expect(answer.status).toBe(401);
		expect(accepted).toMatchObject([{ verdict: { valid: false } }]);
	});

	test("that cannot be stored is answered 500, so that Meta sends it again", async () => {
		storeFails = true;
		expect((await ask("POST", "/webhook", wire, headers)).status).toBe(500);
	});
});

test.each([
	["GET", "/", 404],
	["POST", "/webhooks", 404],
	["PUT", "/webhook", 405],
	["DELETE", "/webhook", 405],
])("%s %s is answered %i", async (method, target, status) => {
	const answer = await ask(method, target);
	expect(answer.status).toBe(status);
	expect(accepted).toEqual([]);
});
