import { headerValues, textResponse } from "../../src/http.ts";
import { sign } from "../../src/webhook/signature.ts";
import {
	goodSignature,
	type Parts,
	secret,
	verifyToken,
} from "./broken-receiver.ts";

/** A receiver that does its work in a way of its own, and how it is to be judged. */
export interface UnusualReceiver {
	name: string;
	parts: Partial<Parts>;
	/** The checks that fail; none where the way is only unusual. */
	fail?: readonly string[];
	warn?: readonly string[];
	/** The first cause named. */
	cause?: string;
	/** Words that must not be said about it. */
	never?: RegExp;
}

const page = (text: string) => ({
	status: 200,
	headers: [["Content-Type", "text/html"]] as const,
	body: Buffer.from(text),
});

const fails = (text: string) => () => {
	throw new Error(text);
};

const notChecked = /not caught|nothing catches|exception|not checked/;

/** Accepts a delivery if this header has a good signature. */
const readsHeader =
	(name: string, algorithm: "sha1" | "sha256", whereMissing: boolean) =>
	({ headers, body }: Parameters<Parts["isAuthentic"]>[0]) => {
		const [sent] = headerValues(headers, name);
		return sent === undefined
			? whereMissing
			: sent === sign(body, secret, algorithm);
	};

const sha256Negatives = [
	"signature.missing",
	"signature.empty",
	"signature.truncated",
	"signature.non-hex",
	"signature.wrong-prefix",
	"signature.two-headers",
];

export const unusualReceivers: readonly UnusualReceiver[] = [
	{
		name: "refuses bad signatures with 500, by design",
		parts: { refusedDelivery: () => textResponse(500, "Invalid signature") },
		warn: ["signature.wrong-secret"],
		never: notChecked,
	},
	{
		name: "throws where the signature is bad",
		parts: { refusedDelivery: fails("bad signature") },
		warn: ["signature.wrong-secret"],
		never: notChecked,
	},
	{
		name: "refuses every delivery with 500 and a text, having another secret",
		parts: {
			isAuthentic: () => false,
			refusedDelivery: () => textResponse(500, "Invalid signature"),
		},
		fail: [
			"signature.changes",
			"signature.messaging",
			"signature.escapes",
			"signature.re-serialised",
		],
		cause: "other-secret",
		never: /parsed body|serialised again, or/,
	},
	{
		name: "refuses wrong verify tokens with 500",
		parts: { refusedHandshake: fails("wrong token") },
		warn: ["handshake.wrong-token"],
	},
	{
		name: "accepts POST only",
		parts: {
			before: async ({ method }) =>
				method === "GET" ? textResponse(405, "Method Not Allowed") : undefined,
		},
		fail: ["handshake.challenge", "delivery.still-answering"],
		cause: "no-get-route",
		never: /nothing answers at this path|does not take POST/,
	},
	{
		name: "accepts POST only, on express",
		parts: {
			before: async ({ method }) =>
				method === "GET"
					? { ...page("<html><pre>Cannot GET /webhook</pre>"), status: 404 }
					: undefined,
		},
		fail: [
			"handshake.challenge",
			"handshake.no-page",
			"delivery.still-answering",
		],
		cause: "no-get-route",
		never: /nothing answers at this path|does not take POST/,
	},
	{
		name: "refuses with 200 and a text, as adnanh/webhook does",
		parts: {
			refusedDelivery: () =>
				textResponse(200, "Hook rules were not satisfied."),
		},
		warn: ["signature.wrong-secret"],
		never: /SHA-1|not checked|accepted, but/,
	},
	{
		name: "refuses every delivery with 200 and a text, having another secret",
		parts: {
			isAuthentic: () => false,
			refusedDelivery: () =>
				textResponse(200, "Hook rules were not satisfied."),
		},
		fail: ["signature.changes", "signature.messaging", "signature.escapes"],
		cause: "other-secret",
		never: /SHA-1|not checked/,
	},
	{
		name: "reads the signature from a header of another platform",
		parts: { isAuthentic: readsHeader("X-Signature-256", "sha256", false) },
		fail: ["signature.changes", "signature.messaging", "signature.escapes"],
		cause: "other-header",
		never: /app secret(?! the same)/,
	},
	{
		name: "reads the signature from a header that its refusal names",
		parts: {
			isAuthentic: readsHeader("X-Acme-Signature", "sha256", false),
			refusedDelivery: () => textResponse(403, "no x-acme-signature header"),
		},
		fail: ["signature.changes", "signature.messaging", "signature.escapes"],
		cause: "other-header",
	},
	{
		name: "reads only the SHA-1 header, and accepts deliveries without it",
		parts: { isAuthentic: readsHeader("X-Hub-Signature", "sha1", true) },
		fail: sha256Negatives,
		warn: ["signature.non-ascii", "signature.sha1-only"],
		cause: "other-header",
		never: /not checked/,
	},
	{
		name: "reads the header of another platform, and accepts deliveries without it",
		parts: { isAuthentic: readsHeader("X-Signature", "sha256", true) },
		fail: [
			"signature.re-serialised",
			"signature.tampered-body",
			"signature.wrong-secret",
			...sha256Negatives,
		],
		warn: ["signature.non-ascii", "signature.sha1-only"],
		cause: "other-header",
	},
	{
		name: "returns the challenge as HTML, as Meta's own sample does",
		parts: { challenge: page },
		warn: ["handshake.markup"],
	},
	{
		name: "returns the challenge without a type",
		parts: {
			challenge: (challenge) => ({
				status: 200,
				headers: [],
				body: Buffer.from(challenge),
			}),
		},
		warn: ["handshake.markup"],
	},
	{
		name: "says in every answer that no error occurred",
		parts: {
			take: async () => textResponse(200, '{"errors": [], "rejected": 0}'),
			isAuthentic: ({ body, headers }) =>
				headerValues(headers, "x-hub-signature-256").join() ===
				goodSignature(body),
			mayVerify: (query) =>
				query.get("hub.mode") === "subscribe" &&
				query.get("hub.verify_token") === verifyToken,
		},
	},
];
