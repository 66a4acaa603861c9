import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { verify } from "@octokit/webhooks-methods";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WhatsAppAPI } from "whatsapp-api-js";
import { Node18 } from "whatsapp-api-js/setup/node";
import { startSandbox, type TestSandbox } from "../../src/library/sandbox.ts";
import { sendExactly } from "../../src/system/http-client.ts";
import { answerHandshake } from "../../src/webhook/handshake.ts";
import { createMachine } from "../support/memory-world.ts";

// These come without types.
const require = createRequire(import.meta.url);
const express = require("express");
const expressXHub = require("express-x-hub");
const XHubSignature = require("x-hub-signature");
const Botly = require("botly");

const secret = "the-app-secret-of-the-third-party";
const verifyToken = "igwh-sandbox-verify-token";

/** Says whether a request is signed, as that package's documents show it. */
type Check = (headers: Headers, body: Buffer, secret: string) => unknown;

const checks: Record<string, Check> = {
	"@octokit/webhooks-methods": (headers, body, secret) =>
		verify(
			secret,
			body.toString(),
			headers.get("x-hub-signature-256") as string,
		),
	"x-hub-signature with SHA-256": (headers, body, secret) =>
		new XHubSignature("sha256", secret).verify(
			headers.get("x-hub-signature-256"),
			body,
		),
	// Its `post` reads WhatsApp's payloads only.
	"whatsapp-api-js": (headers, body, secret) =>
		new WhatsAppAPI(
			Node18({ token: "unused", appSecret: secret, v: "v25.0" }),
		).verifyRequestSignature(
			body.toString(),
			headers.get("x-hub-signature-256") as string,
		),
	"x-hub-signature with SHA-1": (headers, body, secret) =>
		new XHubSignature("sha1", secret).verify(
			headers.get("x-hub-signature"),
			body,
		),
};

let server: Server | undefined;
let sandbox: TestSandbox | undefined;

beforeEach(async () => {
	sandbox = await startSandbox();
});

afterEach(async () => {
	await sandbox?.stop();
	const closing = server;
	await new Promise((resolve) => closing?.close(resolve));
});

async function listen(app: (request: never, response: never) => void) {
	server = createServer(app as never).listen(0, "127.0.0.1");
	await new Promise((resolve) => server?.once("listening", resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
}

/** express with a route for deliveries, as `deliver` sets it up. */
function receiver(deliver: (app: ReturnType<typeof express>) => void) {
	const app = express();
	// biome-ignore lint/suspicious/noExplicitAny: express comes without types
	app.get("/webhook", (request: any, response: any) => {
		const verdict = answerHandshake(
			new URLSearchParams(request.query),
			verifyToken,
		);
		if (verdict.ok) response.send(verdict.challenge);
		else response.sendStatus(403);
	});
	deliver(app);
	return listen(app);
}

/** As botly's README starts it; it hears messages only, and passes over the rest. */
function startBotly(
	secret: string,
	hear: (sender: string, text?: string) => void = () => {},
): Promise<string> {
	const botly = new Botly({ accessToken: "unused", verifyToken });
	botly.on(
		"message",
		(sender: string, _: unknown, { text }: { text?: string }) =>
			hear(sender, text),
	);
	const app = express();
	app.use(express.json({ verify: botly.getVerifySignature(secret) }));
	app.use("/webhook", botly.router());
	return listen(app);
}

const receivers: Record<string, (secret: string) => Promise<string>> = {
	...Object.fromEntries(
		Object.entries(checks).map(([name, check]) => [
			name,
			(secret: string) =>
				receiver((app) =>
					app.post(
						"/webhook",
						express.raw({ type: "*/*" }),
						// biome-ignore lint/suspicious/noExplicitAny: express comes without types
						async (request: any, response: any) => {
							const headers = new Headers(request.headers);
							const good = await check(headers, request.body, secret);
							response.sendStatus(good ? 200 : 401);
						},
					),
				),
		]),
	),
	botly: (secret) => startBotly(secret),
	"express-x-hub": (secret) =>
		receiver((app) => {
			app.use(expressXHub({ algorithm: "sha1", secret }));
			// biome-ignore lint/suspicious/noExplicitAny: express comes without types
			app.post("/webhook", (request: any, response: any) => {
				response.sendStatus(
					request.isXHub && request.isXHubValid() ? 200 : 401,
				);
			});
		}),
};

describe.each(Object.entries(receivers))("%s takes", (_, start) => {
	test.each(["comments", "mentions", "messages", "message_reactions"] as const)(
		"the sandbox's %s",
		async (field) => {
			const { appSecret } = (sandbox as TestSandbox).credentials;
			await sandbox?.subscribe(await start(appSecret), { fields: [field] });
			const result = await sandbox?.trigger(field);
			expect(result?.delivery).toMatchObject({ status: 200 });
		},
	);

	test("what replay sends, and nothing signed with another secret", async () => {
		const url = await start(secret);
		const replayed = async (secret: string) => {
			const machine = createMachine({ IGWH_APP_SECRET: secret });
			const { code } = await machine.run(
				["replay", "comments", "messages", "mentions", "--to", url],
				{},
				(world) => ({
					...world,
					network: { ...world.network, send: sendExactly },
				}),
			);
			return code;
		};
		expect(await replayed(secret)).toBe(0);
		expect(await replayed("another-secret-that-is-not-it")).toBe(3);
	});
});

test("botly hears a message", async () => {
	const { appSecret } = (sandbox as TestSandbox).credentials;
	const heard: unknown[] = [];
	const url = await startBotly(appSecret, (sender, text) =>
		heard.push([sender, text]),
	);
	await sandbox?.subscribe(url, { fields: ["messages"] });
	await sandbox?.trigger("messages", { text: "Hello" });
	expect(heard).toEqual([[expect.stringMatching(/^\d+$/), "Hello"]]);
});
