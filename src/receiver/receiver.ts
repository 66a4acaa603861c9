import {
	type Handler,
	type HttpRequest,
	type HttpResponse,
	splitTarget,
	textResponse,
} from "../http.ts";
import type { HandshakeRecord } from "../records.ts";
import type { NewDelivery } from "../store/deliveries.ts";
import { parseDelivery } from "../webhook/delivery.ts";
import { answerHandshake } from "../webhook/handshake.ts";
import { type SigningSecret, verifySignature } from "../webhook/signature.ts";

export const webhookPath = "/webhook";

export interface ReceiverOptions {
	verifyToken: string;
	secrets: readonly SigningSecret[];
	/** Milliseconds since 1970. */
	now(): number;
	/**
	 * Makes a delivery durable, verified or not, and gives the answer for a
	 * verified one. Where it fails Meta is told 500, and will send it again.
	 */
	accept(delivery: NewDelivery, request: HttpRequest): Promise<HttpResponse>;
	onHandshake(record: HandshakeRecord): void;
}

/** The server Meta talks to: the handshake by GET, deliveries by POST. */
export function receiver(options: ReceiverOptions): Handler {
	return async (request) => {
		const { path, query } = splitTarget(request.target);
		if (path !== webhookPath)
			return textResponse(404, `the webhook is at ${webhookPath}\n`);
		if (request.method === "GET") return handshake(query, options);
		if (request.method === "POST") return delivery(request, options);
		return textResponse(405, "a webhook takes GET and POST\n", [
			["Allow", "GET, POST"],
		]);
	};
}

function handshake(
	query: URLSearchParams,
	{ verifyToken, onHandshake }: ReceiverOptions,
): HttpResponse {
	const verdict = answerHandshake(query, verifyToken);
	onHandshake(
		verdict.ok
			? { type: "handshake", ok: true }
			: { type: "handshake", ok: false, reason: verdict.reason },
	);
	return verdict.ok
		? // The challenge may hold markup from anyone: it must never be a page.
			textResponse(200, verdict.challenge, [
				["X-Content-Type-Options", "nosniff"],
			])
		: textResponse(403, `${verdict.reason}\n`);
}

async function delivery(
	request: HttpRequest,
	{ secrets, now, accept }: ReceiverOptions,
): Promise<HttpResponse> {
	const { target, headers, body } = request;
	const verdict = verifySignature(body, headers, secrets);
	const received = {
		receivedAt: now(),
		target,
		headers,
		body,
		verdict,
		parsed: parseDelivery(body),
	};
	try {
		const answer = await accept(received, request);
		return verdict.valid ? answer : textResponse(401, `${verdict.reason}\n`);
	} catch {
		return textResponse(500, "the delivery could not be stored\n");
	}
}
