import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import {
	answerHandshake,
	type DeliveryPayload,
	encodePayload,
	parseDelivery,
	signPayload,
	verifySignature,
	webhookHandler,
} from "../../src/library/webhook.ts";
import { sign } from "../../src/webhook/signature.ts";
import { wireBytes } from "../../src/webhook/wire-encoding.ts";

const secret = "igwh_test_app_secret_0123456789abcdef";
const comment: DeliveryPayload = {
	entry: [
		{
			id: "17841400000000001",
			time: 1760000000,
			changes: [
				{
					value: {
						from: { id: "1234567890123456", username: "test.user" },
						media: { id: "17900000000000001", media_product_type: "FEED" },
						id: "17900000000000002",
						text: "café 👑 a/b <b> 100% @you",
					},
					field: "comments",
				},
			],
		},
	],
	object: "instagram",
};
const message: DeliveryPayload = {
	object: "instagram",
	entry: [
		{
			time: 1760000000123,
			id: "17841400000000001",
			messaging: [
				{
					sender: { id: "1234567890123456" },
					recipient: { id: "17841400000000001" },
					timestamp: 1760000000001,
					message: { mid: "aWdfTEST", text: "café 👑 a/b" },
				},
			],
		},
	],
};

describe("encodes and signs as the program does", () => {
	test.each([
		["changes", comment, 338],
		["messaging", message, 262],
	] as const)("%s", async (style, payload, length) => {
		const body = encodePayload(payload);
		expect(body.length).toBe(length);
		expect(Buffer.from(body)).toEqual(
			wireBytes(JSON.stringify(payload), style),
		);
		for (const algorithm of ["sha256", "sha1"] as const)
			expect(await signPayload(body, secret, algorithm)).toBe(
				sign(body, secret, algorithm),
			);
	});
});

describe("verifies", () => {
	const body = encodePayload(comment);
	const header = "x-hub-signature-256";

	test.each([
		["the web's headers", (value: string) => new Headers({ [header]: value })],
		["Node's headers", (value: string) => ({ [header]: value })],
		["pairs", (value: string) => [["X-Hub-Signature-256", value]] as const],
	])("%s", async (_, headers) => {
		const good = headers(await signPayload(body, secret));
		expect(await verifySignature(body, good, secret)).toEqual({
			valid: true,
			algorithm: "sha256",
			secret: "app secret",
		});
		expect(await verifySignature(body.buffer, good, secret)).toMatchObject({
			valid: true,
		});
		expect(await verifySignature(body.slice(1), good, secret)).toMatchObject({
			valid: false,
		});
	});

	test("with several secrets, and names the one that matched", async () => {
		const headers = { "X-Hub-Signature": await signPayload(body, "b", "sha1") };
		expect(
			await verifySignature(body, headers, [
				{ name: "Facebook", value: "a" },
				{ name: "Instagram", value: "b" },
			]),
		).toEqual({ valid: true, algorithm: "sha1", secret: "Instagram" });
	});

	test.each([
		[{}, "no X-Hub-Signature-256 header"],
		[
			{ "X-Hub-Signature-256": ["sha256=a", "sha256=b"] },
			"X-Hub-Signature-256 was sent twice",
		],
		[
			{ "X-Hub-Signature-256": "sha256=00" },
			"X-Hub-Signature-256 is not sha256= and 64 lowercase hex digits",
		],
		[
			{ "X-Hub-Signature-256": `sha256=${"0".repeat(64)}` },
			"Signature does not match the app secret: wrong secret, or body altered",
		],
	])("not %j", async (headers, reason) => {
		expect(await verifySignature(body, headers, secret)).toMatchObject({
			valid: false,
			reason,
		});
	});

	test("no text, whose bytes are lost", async () => {
		const text = "{}" as unknown as Uint8Array;
		await expect(verifySignature(text, {}, secret)).rejects.toThrow(TypeError);
	});
});

test("parses what it encodes", () => {
	const { changes } = parseDelivery(encodePayload(comment));
	const [change] = changes;
	expect(change).toMatchObject({ field: "comments", time: 1760000000 });
	expect(change?.field === "comments" && change.value.from.username).toBe(
		"test.user",
	);
	expect(parseDelivery(new Uint8Array([255])).problem).toBe(
		"the body is not JSON",
	);
});

describe("answers a handshake by", () => {
	const target =
		"/webhook?hub.mode=subscribe&hub.challenge=0012&hub.verify_token=t";
	test.each([
		["Node's request", { url: target }],
		["the web's request", new Request(`http://localhost${target}`)],
		["a URL", new URL(`http://localhost${target}`)],
		["a text", target],
		["its query", new URLSearchParams(target.split("?")[1])],
	])("%s", (_, request) => {
		expect(answerHandshake(request, "t")).toEqual({
			ok: true,
			challenge: "0012",
		});
		for (const wrong of ["", "tt", "T", "u"])
			expect(answerHandshake(request, wrong).ok).toBe(false);
	});
});

describe("a whole receiver", () => {
	const received: unknown[] = [];
	const handler = webhookHandler({
		verifyToken: "t",
		appSecret: secret,
		onDelivery: ({ changes }) => {
			received.push(...changes.map(({ field }) => field));
		},
	});
	const post = async (body: Uint8Array<ArrayBuffer>, signature: string) =>
		handler(
			new Request("http://localhost/", {
				method: "POST",
				body,
				headers: { "X-Hub-Signature-256": signature },
			}),
		);

	test("takes a signed delivery, and refuses any other", async () => {
		const body = encodePayload(comment);
		const good = await post(body, await signPayload(body, secret));
		const bad = await post(body, await signPayload(body, "another"));
		expect([good.status, bad.status, received]).toEqual([
			200,
			401,
			["comments"],
		]);
	});

	test("answers the handshake with the bare challenge", async () => {
		const url =
			"http://localhost/?hub.mode=subscribe&hub.challenge=1&hub.verify_token=";
		const good = await handler(new Request(`${url}t`));
		const bad = await handler(new Request(`${url}x`));
		expect([good.status, await good.text(), bad.status]).toEqual([
			200,
			"1",
			403,
		]);
		const put = await handler(new Request(url, { method: "PUT" }));
		expect(put.status).toBe(405);
	});
});

test("Node's own requests have what is asked for", async () => {
	const verdicts: unknown[] = [];
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk);
		const body = Buffer.concat(chunks);
		verdicts.push(await verifySignature(body, request.headers, secret));
		response.end();
	}).listen(0, "127.0.0.1");
	await new Promise((resolve) => server.once("listening", resolve));
	const body = encodePayload(message);
	const { port } = server.address() as AddressInfo;
	await fetch(`http://127.0.0.1:${port}/`, {
		method: "POST",
		body,
		headers: { "X-Hub-Signature-256": await signPayload(body, secret) },
	}).then((answer) => answer.text());
	await new Promise((resolve) => server.close(resolve));
	expect(verdicts).toMatchObject([{ valid: true }]);
});
