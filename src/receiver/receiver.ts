import {
	type Handler,
	type HttpRequest,
	type HttpResponse,
	splitTarget,
	textResponse,
} from "../http.ts";
import { responseText } from "../response-text.ts";
import type { NewDelivery } from "../store/deliveries.ts";
import { answerHandshake } from "../webhook/handshake.ts";
import { type SigningSecret, verifySignature } from "../webhook/signature.ts";
import { webhookPath } from "../webhook/webhook-path.ts";
import type { HandshakeRecord } from "./records.ts";

export interface ReceiverOptions {
	verifyToken: string;
	secrets: readonly SigningSecret[];
	/** Milliseconds since 1970. */
	now(): number;
	/**
	 * Stores a delivery, verified or not, and returns the answer for a verified
	 * one. Where it fails Meta gets 500, and sends it again.
	 */
	accept(delivery: NewDelivery, request: HttpRequest): Promise<HttpResponse>;
	onHandshake(record: HandshakeRecord): void;
	/** Proves that a request reached this receiver. */
	healthToken?: string;
	/** Answers another listener's signed probe for this one. */
	probe?(query: URLSearchParams): HttpResponse | undefined;
	/** Answers handshakes instead of the receiver. */
	forwardHandshake?: (request: HttpRequest) => Promise<HttpResponse>;
}

/** The target of health checks through a public URL. */
export function healthTarget(healthToken: string): string {
	return `${webhookPath}?${healthParameter}=${healthToken}`;
}

export function isHealthy(answer: HttpResponse, healthToken: string): boolean {
	return (
		answer.status === 200 && responseText(answer) === healthAnswer(healthToken)
	);
}

const healthParameter = "igwh.health";
const healthAnswer = (token: string) => `igwh ${token}`;

/**
 * The server Meta calls: handshakes by GET, deliveries by POST. Anyone may reach it
 * through a tunnel, and so may every page in this machine's browsers. What they
 * can send, and what limits them:
 * - a delivery that Meta did not send: its signature; it is answered 401, and
 *   never forwarded or answered (test/receiver/receiver.test.ts)
 * - many or large ones, to fill the disk: limits of rate, size and total
 *   (test/store/refused.test.ts)
 * - a genuine delivery again: it is stored, and marked (test/flows/history.test.ts)
 * - a handshake: the verify token; the echoed challenge must not be a page
 *   (test/receiver/receiver.test.ts)
 * - a probe for the replaced callback: the app secret signs it
 *   (test/callback/probe-listener.test.ts)
 * - text that controls a terminal, a spreadsheet or a browser: cleaned where it
 *   is shown (test/cli/safe-text.test.ts, test/flows/insights.test.ts)
 */
export function receiver(options: ReceiverOptions): Handler {
	return async (request) => {
		const { path, query } = splitTarget(request.target);
		if (path !== webhookPath)
			return textResponse(404, `the webhook is at ${webhookPath}\n`);
		if (request.method === "GET") return get(request, query, options);
		if (request.method === "POST") return delivery(request, options);
		return textResponse(405, "a webhook accepts GET and POST\n", [
			["Allow", "GET, POST"],
		]);
	};
}

async function get(
	request: HttpRequest,
	query: URLSearchParams,
	options: ReceiverOptions,
): Promise<HttpResponse> {
	const { healthToken, forwardHandshake, onHandshake } = options;
	const asked = query.get(healthParameter);
	if (healthToken !== undefined && asked === healthToken)
		// On a new connection: each check tests another one of the tunnel.
		return textResponse(200, healthAnswer(healthToken), [
			["Connection", "close"],
		]);
	const probed = options.probe?.(query);
	if (probed) return probed;
	if (!forwardHandshake) return handshake(query, options);
	const answer = await forwardHandshake(request);
	onHandshake(readAnswer(answer, query));
	return answer;
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
		? // The challenge may contain markup from anyone: it must never be a page.
			textResponse(200, verdict.challenge, [
				["X-Content-Type-Options", "nosniff"],
			])
		: textResponse(403, `${verdict.reason}\n`);
}

/** How Meta judges the app's answer to its handshake. */
function readAnswer(
	answer: HttpResponse,
	query: URLSearchParams,
): HandshakeRecord {
	if (answer.status !== 200)
		return {
			type: "handshake",
			ok: false,
			reason: `the app answered ${answer.status}`,
		};
	return responseText(answer) === query.get("hub.challenge")
		? { type: "handshake", ok: true }
		: {
				type: "handshake",
				ok: false,
				reason: "the app did not answer with the bare challenge",
			};
}

async function delivery(
	request: HttpRequest,
	{ secrets, now, accept }: ReceiverOptions,
): Promise<HttpResponse> {
	const { target, headers, body } = request;
	const verdict = verifySignature(body, headers, secrets);
	const received = { receivedAt: now(), target, headers, body, verdict };
	try {
		const answer = await accept(received, request);
		return verdict.valid ? answer : textResponse(401, `${verdict.reason}\n`);
	} catch {
		return textResponse(500, "the delivery could not be stored\n");
	}
}
