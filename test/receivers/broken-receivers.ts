import { type Handler, headerValues, textResponse } from "../../src/http.ts";
import { sign, signatureHeaders } from "../../src/webhook/signature.ts";
import { wireBytes } from "../../src/webhook/wire-encoding.ts";
import { type Clock, UnreachableError } from "../../src/world.ts";
import {
	events,
	goodSignature,
	type Parts,
	receiverWith,
	secret,
	signatureOf,
	verifyToken,
} from "./broken-receiver.ts";

/** A receiver with one defect. */
export interface BrokenReceiver {
	/** What it does wrong. */
	name: string;
	/** The check named for it. */
	check: string;
	/** Others that fail with it. */
	also?: readonly string[];
	/** The cause named, where several fail. */
	cause?: string;
	/** @param leave takes the server away, as the end of its process does */
	start(clock: Clock, leave: () => void): Handler;
}

function broken(
	check: string,
	name: string,
	parts: Partial<Parts> | ((clock: Clock, leave: () => void) => Partial<Parts>),
	{ also, cause }: Pick<BrokenReceiver, "also" | "cause"> = {},
): BrokenReceiver {
	const start: BrokenReceiver["start"] = (clock, leave) =>
		receiverWith(typeof parts === "function" ? parts(clock, leave) : parts);
	return { name, check, also, cause, start };
}

const html = (text: string) => ({
	status: 200,
	headers: [["Content-Type", "text/html"]] as const,
	body: Buffer.from(text),
});

const json = (text: string) => ({
	status: 200,
	headers: [["Content-Type", "application/json"]] as const,
	body: Buffer.from(text),
});

const seconds = (clock: Clock, count: number) => clock.sleep(count * 1000);

const negatives = [
	"signature.tampered-body",
	"signature.wrong-secret",
	"signature.missing",
	"signature.empty",
	"signature.truncated",
	"signature.non-hex",
	"signature.wrong-prefix",
	"signature.two-headers",
];

export const brokenHandshakes: readonly BrokenReceiver[] = [
	broken(
		"handshake.not-json",
		"quotes the challenge",
		{ challenge: (challenge) => json(JSON.stringify(challenge)) },
		{ also: ["handshake.challenge"], cause: "challenge-wrapped" },
	),
	broken(
		"handshake.not-json",
		"wraps the challenge in an object",
		{ challenge: (challenge) => json(JSON.stringify({ challenge })) },
		{ also: ["handshake.challenge"], cause: "challenge-wrapped" },
	),
	broken(
		"handshake.no-page",
		"answers a page with the challenge in it",
		{
			challenge: (challenge) =>
				html(`<html><body>${challenge.replace("<", "&lt;")}</body></html>`),
		},
		{ also: ["handshake.challenge"], cause: "page-in-front" },
	),
	broken(
		"handshake.no-page",
		"stands behind a tunnel's warning page",
		{
			before: async ({ method }) =>
				method === "GET"
					? html("<!DOCTYPE html><title>You are about to visit</title>")
					: undefined,
		},
		{ also: ["handshake.challenge"], cause: "page-in-front" },
	),
	broken(
		"handshake.no-redirect",
		"redirects to a slash at the end",
		{
			before: async ({ target }) =>
				textResponse(308, "", [["Location", target.replace("?", "/?")]]),
		},
		{
			also: [
				"handshake.challenge",
				"signature.changes",
				"signature.messaging",
				"signature.escapes",
			],
			cause: "redirects",
		},
	),
	broken("handshake.challenge", "puts a new line behind the challenge", {
		challenge: (challenge) => textResponse(200, `${challenge}\n`),
	}),
	broken("handshake.challenge", "answers the challenge with 201", {
		challenge: (challenge) => textResponse(201, challenge),
	}),
	broken(
		"handshake.long-challenge",
		"turns the challenge into a number",
		{ challenge: (challenge) => textResponse(200, String(Number(challenge))) },
		{ also: ["handshake.leading-zeros"], cause: "challenge-as-number" },
	),
	broken("handshake.long-challenge", "keeps 20 characters of the challenge", {
		challenge: (challenge) => textResponse(200, challenge.slice(0, 20)),
	}),
	broken("handshake.leading-zeros", "strips the challenge's leading zeros", {
		challenge: (challenge) => textResponse(200, challenge.replace(/^0+/, "")),
	}),
	broken("handshake.own-query", "wants hub.mode to stand first in the query", {
		before: async ({ method, target }) =>
			method === "GET" && !target.includes("?hub.mode=subscribe")
				? textResponse(403, "refused")
				: undefined,
	}),
	broken("handshake.in-time", "answers the handshake after 6 s", (clock) => ({
		before: async ({ method }) => {
			if (method === "GET") await seconds(clock, 6);
			return undefined;
		},
	})),
	broken(
		"handshake.wrong-token",
		"does not look at the token",
		{ mayVerify: (query) => query.get("hub.mode") === "subscribe" },
		{ also: ["handshake.missing-token"], cause: "unchecked-token" },
	),
	broken("handshake.wrong-token", "takes a token that begins right", {
		mayVerify: (query) =>
			query.get("hub.mode") === "subscribe" &&
			Boolean(query.get("hub.verify_token")?.startsWith(verifyToken)),
	}),
	broken(
		"handshake.missing-token",
		"compares the token only where there is one",
		{
			mayVerify: (query) =>
				query.get("hub.mode") === "subscribe" &&
				(query.get("hub.verify_token") ?? verifyToken) === verifyToken,
		},
	),
	broken("handshake.missing-token", "fails where the token is missing", {
		mayVerify: (query) =>
			query.get("hub.mode") === "subscribe" &&
			(query.get("hub.verify_token") as string).trim() === verifyToken,
	}),
	broken(
		"handshake.wrong-mode",
		"does not look at the mode",
		{ mayVerify: (query) => query.get("hub.verify_token") === verifyToken },
		{ also: ["handshake.missing-mode"], cause: "unchecked-token" },
	),
	broken(
		"handshake.missing-mode",
		"compares the mode only where there is one",
		{
			mayVerify: (query) =>
				(query.get("hub.mode") ?? "subscribe") === "subscribe" &&
				query.get("hub.verify_token") === verifyToken,
		},
	),
	broken(
		"handshake.wrong-token",
		"refuses, but prints the challenge",
		{
			refusedHandshake: (query) =>
				textResponse(403, `no ${query.get("hub.challenge")} for you`),
		},
		{
			also: [
				"handshake.missing-token",
				"handshake.missing-mode",
				"handshake.wrong-mode",
			],
			cause: "unchecked-token",
		},
	),
	broken(
		"handshake.challenge",
		"has another verify token",
		{ mayVerify: () => false },
		{ also: ["delivery.still-answering"], cause: "other-token" },
	),
];

export const brokenSignatures: readonly BrokenReceiver[] = [
	broken(
		"signature.re-serialised",
		"checks JSON.stringify of the body",
		{
			isAuthentic: (request) =>
				signatureOf(request) ===
				goodSignature(JSON.stringify(JSON.parse(String(request.body)))),
			read: JSON.parse,
		},
		{
			also: [
				"signature.changes",
				"signature.messaging",
				"signature.escapes",
				"delivery.ok",
				"delivery.batch",
				"delivery.large-body",
				"delivery.twice",
				"delivery.out-of-order",
				"delivery.unknown-field",
				"delivery.missing-members",
				"delivery.dashboard-test",
				"delivery.malformed-json",
				"delivery.many-at-once",
				"delivery.still-answering",
			],
			cause: "parsed-body",
		},
	),
	broken(
		"signature.re-serialised",
		"checks Python's json.dumps of the body",
		{
			isAuthentic: (request) =>
				signatureOf(request) ===
				goodSignature(wireBytes(String(request.body), "changes")),
		},
		{
			also: [
				"signature.messaging",
				"signature.escapes",
				"signature.tampered-body",
				"delivery.ok",
				"delivery.unknown-field",
				"delivery.no-sender",
			],
			cause: "parsed-body",
		},
	),
	broken(
		"signature.changes",
		"hashes the parsed object",
		{
			isAuthentic: () => {
				throw new TypeError(
					'The "data" argument must be of type string or an instance of Buffer. Received an instance of Object',
				);
			},
		},
		{
			also: [
				"signature.messaging",
				"signature.escapes",
				"signature.re-serialised",
			],
			cause: "parsed-body",
		},
	),
	broken("signature.escapes", "hashes the text with its escapes undone", {
		isAuthentic: (request) => {
			const text = String(request.body).replace(
				/\\u([0-9a-f]{4})/g,
				(_, code) => String.fromCharCode(Number.parseInt(code, 16)),
			);
			return signatureOf(request) === goodSignature(text);
		},
	}),
	broken(
		"signature.messaging",
		"knows only the User-Agent of changes",
		{
			before: async ({ method, headers }) =>
				method === "POST" &&
				!headerValues(headers, "user-agent")[0]?.startsWith("Webhooks/")
					? textResponse(403, "bot")
					: undefined,
		},
		{
			also: [
				"signature.escapes",
				"delivery.ok",
				"delivery.unknown-field",
				"delivery.no-sender",
			],
			cause: "messaging-blocked",
		},
	),
	broken(
		"signature.wrong-secret",
		"does not look at signatures",
		{ isAuthentic: () => true },
		{
			also: [
				"signature.re-serialised",
				...negatives.filter((id) => id !== "signature.wrong-secret"),
			],
			cause: "unchecked-signature",
		},
	),
	broken("signature.wrong-secret", "takes signatures of an empty secret too", {
		isAuthentic: (request) =>
			[secret, ""].some(
				(key) => sign(request.body, key) === signatureOf(request),
			) && headerValues(request.headers, "x-hub-signature-256").length === 1,
	}),
	broken("signature.tampered-body", "trims the body before it checks it", {
		isAuthentic: (request) =>
			signatureOf(request) === goodSignature(String(request.body).trim()),
	}),
	broken("signature.missing", "takes deliveries without the header", {
		isAuthentic: (request) =>
			(signatureOf(request) ?? goodSignature(request.body)) ===
			goodSignature(request.body),
	}),
	broken(
		"signature.missing",
		"fails where the header is missing",
		{
			isAuthentic: (request) =>
				(signatureOf(request) as string).trim() === goodSignature(request.body),
		},
		{ also: ["signature.sha1-only"], cause: "exception" },
	),
	broken(
		"signature.empty",
		"takes an empty header for no header, and that for good",
		{
			isAuthentic: (request) =>
				!(signatureOf(request) ?? "none") ||
				signatureOf(request) === goodSignature(request.body),
		},
	),
	broken("signature.truncated", "compares as many digits as were sent", {
		isAuthentic: (request) => {
			const sent = signatureOf(request)?.split("sha256=")[1];
			return (
				Boolean(sent) && goodSignature(request.body).includes(sent as string)
			);
		},
	}),
	broken("signature.truncated", "fails where the length differs", {
		isAuthentic: (request) => {
			const [sent, good] = [signatureOf(request), goodSignature(request.body)];
			if (!sent || sent === "sha256=") return false;
			if (sent.length !== good.length && sent.startsWith("sha256="))
				throw new RangeError("Input buffers must have the same byte length");
			return sent === good;
		},
	}),
	broken("signature.non-hex", "fails where the digits are none", {
		isAuthentic: (request) => {
			const sent = signatureOf(request)?.match(/^sha256=([a-z0-9]+)$/)?.[1];
			const good = goodSignature(request.body).slice("sha256=".length);
			return sent !== undefined && BigInt(`0x${sent}`) === BigInt(`0x${good}`);
		},
	}),
	broken("signature.wrong-prefix", "does not look at what stands before =", {
		isAuthentic: (request) =>
			signatureOf(request)?.split("=")[1] ===
			goodSignature(request.body).split("=")[1],
	}),
	broken(
		"signature.two-headers",
		"takes a delivery if any of several headers is good",
		{
			isAuthentic: ({ headers, body }) =>
				headerValues(headers, "x-hub-signature-256").includes(
					goodSignature(body),
				),
		},
	),
	broken("signature.two-headers", "fails where the header came twice", {
		isAuthentic: ({ headers, body }) => {
			const [sent, ...more] = headerValues(headers, "x-hub-signature-256");
			if (more.length > 0)
				throw new TypeError("signature.split is not a function");
			return sent === goodSignature(body);
		},
	}),
	broken("signature.sha1-only", "fails where only the old header came", {
		isAuthentic: ({ headers, body }) => {
			const sent = Object.fromEntries(headers);
			if (sent[signatureHeaders.sha1] && !sent[signatureHeaders.sha256])
				throw new TypeError("Cannot read properties of undefined");
			return sent[signatureHeaders.sha256] === goodSignature(body);
		},
	}),
	broken(
		"signature.changes",
		"has another app secret",
		{ isAuthentic: () => false },
		{
			also: ["signature.messaging", "signature.escapes"],
			cause: "other-secret",
		},
	),
	broken(
		"signature.changes",
		"protects the route with a CSRF token",
		{
			before: async ({ method }) =>
				method === "POST"
					? textResponse(403, "CSRF verification failed.")
					: undefined,
		},
		{ also: ["signature.messaging", "signature.escapes"], cause: "csrf" },
	),
	broken(
		"signature.changes",
		"has no route for POST",
		{
			before: async ({ method }) =>
				method === "POST" ? textResponse(404, "Cannot POST") : undefined,
		},
		{
			also: ["signature.messaging", "signature.escapes"],
			cause: "no-post-route",
		},
	),
];

const limitedTo = (bytes: number): Partial<Parts> => ({
	before: async ({ body }) =>
		body.length > bytes ? textResponse(413, "too large") : undefined,
});

const throwing =
	(careless: (event: ReturnType<typeof events>[number]) => unknown) =>
	async (payload: Parameters<typeof events>[0]) => {
		events(payload).forEach(careless);
		return textResponse(200, "");
	};

export const brokenDeliveries: readonly BrokenReceiver[] = [
	broken("delivery.in-time", "answers deliveries after 6 s", (clock) => ({
		take: async () => {
			await seconds(clock, 6);
			return textResponse(200, "");
		},
	})),
	broken(
		"delivery.batch",
		"works 10 ms on each change before it answers",
		(clock) => ({
			take: async (payload) => {
				await clock.sleep(events(payload).length * 10);
				return textResponse(200, "");
			},
		}),
	),
	broken("delivery.batch", "takes 100 KB at most", limitedTo(100_000), {
		also: ["delivery.large-body"],
		cause: "body-limit",
	}),
	broken("delivery.batch", "takes 500 changes at most", {
		take: async (payload) =>
			textResponse(payload.entry.length > 500 ? 422 : 200, ""),
	}),
	broken("delivery.large-body", "takes 256 KB at most", limitedTo(256 * 1024)),
	broken("delivery.twice", "answers 409 to what it has already", () => {
		const seen = new Set<string>();
		return {
			take: async (_, { body }) => {
				const again = seen.has(String(body));
				seen.add(String(body));
				return textResponse(again ? 409 : 200, "");
			},
		};
	}),
	broken(
		"delivery.out-of-order",
		"refuses deliveries older than an hour",
		(clock) => ({
			take: async ({ entry }) =>
				textResponse(
					entry[0].time * 1000 < clock.now() - 3_000_000 ? 400 : 200,
					"",
				),
		}),
	),
	broken("delivery.unknown-field", "refuses fields it does not know", {
		take: async (payload) =>
			textResponse(
				events(payload).some(({ field }) => field?.startsWith("igwh"))
					? 400
					: 200,
				"",
			),
	}),
	broken("delivery.unknown-object", "fails on objects it does not know", {
		take: async ({ object }) => {
			if (object !== "instagram") throw new Error(`no handler for ${object}`);
			return textResponse(200, "");
		},
	}),
	broken("delivery.missing-members", "wants every comment to have an author", {
		take: throwing(({ field, value }) => field === "comments" && value.from.id),
	}),
	broken("delivery.missing-members", "wants every mention to be in a comment", {
		take: throwing(
			({ field, value }) => field === "mentions" && value.comment_id.length,
		),
	}),
	broken("delivery.no-sender", "wants every message to have a sender", {
		take: throwing((event) => "recipient" in event && event.sender.id),
	}),
	broken("delivery.dashboard-test", "looks the account 0 up", {
		take: async ({ entry }) =>
			textResponse(entry[0].id === "0" ? 404 : 200, ""),
	}),
	broken("delivery.dashboard-test", "wants every message in messaging", {
		take: throwing(({ field }) => {
			if (field === "messages") throw new Error("no such change");
		}),
	}),
	broken("delivery.malformed-json", "does not catch the parser's error", {
		read: JSON.parse,
	}),
	broken(
		"delivery.malformed-json",
		"ends where JSON breaks off",
		(_, leave) => ({
			read: (text) => {
				try {
					return JSON.parse(text);
				} catch {
					leave();
					throw new UnreachableError("failed", "socket hang up");
				}
			},
		}),
		{ also: ["delivery.still-answering"], cause: "crash" },
	),
	broken("delivery.many-at-once", "does one thing at a time", (clock) => {
		let busy = 0;
		return {
			take: async () => {
				busy++;
				await clock.sleep(10);
				busy--;
				return textResponse(busy > 0 ? 503 : 200, "");
			},
		};
	}),
	broken("delivery.still-answering", "is used up by 20 at once", (clock) => {
		let busy = 0;
		let usedUp = false;
		return {
			take: async () => {
				if (usedUp) return textResponse(503, "no connection left");
				busy++;
				await clock.sleep(10);
				busy--;
				usedUp ||= busy >= 18;
				return textResponse(200, "");
			},
		};
	}),
];
