/**
 * `igwh/webhook`: the protocol of Instagram webhooks for a receiver and its
 * tests. Works on bytes, touches nothing outside, and needs only what every
 * JavaScript runtime has.
 * @module
 */
import { parseDelivery as parseBody } from "../webhook/delivery.ts";
import {
	answerHandshake as decideHandshake,
	type HandshakeVerdict,
} from "../webhook/handshake.ts";
import type { DeliveryPayload } from "../webhook/payload-types.ts";
import type {
	Algorithm,
	SigningSecret,
	Verdict,
} from "../webhook/signature-header.ts";
import { wireStyleOf, wireText } from "../webhook/wire-encoding.ts";
import type { InstagramDelivery } from "./instagram-delivery.ts";
import {
	type BodyBytes,
	bytesOf,
	headerList,
	queryOf,
	type RequestAddress,
	type RequestHeaders,
} from "./request-parts.ts";
import { verifyWebSignature, webSignature } from "./web-signature.ts";

export type { HandshakeVerdict } from "../webhook/handshake.ts";
export type * from "../webhook/payload-types.ts";
export type {
	Algorithm,
	SigningSecret,
	Verdict,
} from "../webhook/signature-header.ts";
export type {
	InstagramChange,
	InstagramDelivery,
} from "./instagram-delivery.ts";
export type {
	BodyBytes,
	RequestAddress,
	RequestHeaders,
} from "./request-parts.ts";
export {
	type WebhookHandler,
	type WebhookOptions,
	webhookHandler,
} from "./webhook-handler.ts";

/**
 * Checks that Meta, or whoever has the app secret, signed exactly these bytes.
 * Compares in constant time.
 * @param body the bytes received, before anything parses them
 * @param secret the app secret; for apps with Instagram Login the Instagram app
 * secret. Several can be tried: the verdict names the one that matched.
 * @throws TypeError for a body that is text
 */
export async function verifySignature(
	body: BodyBytes,
	headers: RequestHeaders,
	secret: string | readonly SigningSecret[],
): Promise<Verdict> {
	const secrets =
		typeof secret === "string"
			? [{ name: "app secret", value: secret }]
			: secret;
	return verifyWebSignature(bytesOf(body), headerList(headers), secrets);
}

/**
 * The value of the `X-Hub-Signature-256` header for a body: `sha256=` and
 * lowercase hex digits. `X-Hub-Signature` has the one of `sha1`.
 */
export async function signPayload(
	body: BodyBytes,
	secret: string,
	algorithm: Algorithm = "sha256",
): Promise<string> {
	return webSignature(bytesOf(body), secret, algorithm);
}

/**
 * The bytes Meta sends for a payload. It has two encodings: messaging deliveries
 * are compact with `\/`, all others have spaces after `,` and `:`; both are ASCII.
 */
export function encodePayload(
	payload: DeliveryPayload,
): Uint8Array<ArrayBuffer> {
	const text = wireText(JSON.stringify(payload), wireStyleOf(payload));
	return new TextEncoder().encode(text);
}

/**
 * Reads a delivery. Never throws: what is not one has a `problem`. Verify the
 * signature first; only then the types hold.
 */
export function parseDelivery(body: BodyBytes): InstagramDelivery {
	return parseBody(bytesOf(body)) as InstagramDelivery;
}

/**
 * Decides on the GET with which Meta verifies a callback URL. Answer 200 with
 * exactly the challenge, or 403.
 * @param request the web's `Request`, Node's `IncomingMessage`, or their URL
 */
export function answerHandshake(
	request: RequestAddress,
	verifyToken: string,
): HandshakeVerdict {
	return decideHandshake(queryOf(request), verifyToken);
}
