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
	 * Makes a delivery durable, verified or not, and gives the answer for a
	 * verified one. Where it fails Meta is told 500, and will send it again.
	 */
	accept(delivery: NewDelivery, request: HttpRequest): Promise<HttpResponse>;
	onHandshake(record: HandshakeRecord): void;
	/** What shows that a request came through to this very receiver. */
	healthToken?: string;
	/** Answers another listener's signed question whether one runs here. */
	probe?(query: URLSearchParams): HttpResponse | undefined;
	/** Answers handshakes in the receiver's place. */
	forwardHandshake?: (request: HttpRequest) => Promise<HttpResponse>;
}

/** The target with which the receiver is asked for itself through a public URL. */
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
 * The server Meta talks to: the handshake by GET, deliveries by POST. Through a
 * tunnel everyone may reach it, and every page in this machine's browsers can.
 * What they can send, and what holds them:
 * - a delivery that Meta did not send: its signature; it is answered 401, and
 *   never forwarded or answered (test/receiver/receiver.test.ts)
 * - many or large ones, to fill the disk: a rate, a size each and in all
 *   (test/store/refused.test.ts)
 * - a true delivery again: it is stored, and marked (test/flows/history.test.ts)
 * - a handshake: the verify token; what is echoed must not be a page
 *   (test/receiver/receiver.test.ts)
 * - a question for the callback that was replaced: the app secret signs it
 *   (test/callback/probe-listener.test.ts)
 * - words that control a terminal, a spreadsheet or a browser: cleaned where they
 *   are shown (test/cli/safe-text.test.ts, test/flows/insights.test.ts)
 */
export function receiver(options: ReceiverOptions): Handler {
	return async (request) => {
		const { path, query } = splitTarget(request.target);
		if (path !== webhookPath)
			return textResponse(404, `the webhook is at ${webhookPath}\n`);
		if (request.method === "GET") return get(request, query, options);
		if (request.method === "POST") return delivery(request, options);
		return textResponse(405, "a webhook takes GET and POST\n", [
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
		// On a connection of its own: so each check tries another one of a tunnel's.
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
		? // The challenge may hold markup from anyone: it must never be a page.
			textResponse(200, verdict.challenge, [
				["X-Content-Type-Options", "nosniff"],
			])
		: textResponse(403, `${verdict.reason}\n`);
}

/** What Meta makes of the app's answer to its handshake. */
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
				reason: "the app answered something other than the bare challenge",
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
