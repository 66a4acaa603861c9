import { parseDelivery } from "../webhook/delivery.ts";
import { answerHandshake } from "../webhook/handshake.ts";
import type { SigningSecret } from "../webhook/signature-header.ts";
import type { InstagramDelivery } from "./instagram-delivery.ts";
import { queryOf } from "./request-parts.ts";
import { verifyWebSignature } from "./web-signature.ts";

export interface WebhookOptions {
	verifyToken: string;
	/** The app secret, or several secrets to try. */
	appSecret: string | readonly SigningSecret[];
	/**
	 * Receives every delivery with a good signature. Meta gets 200 when it
	 * resolves, and sends again when it throws: duplicates are yours to notice.
	 * Meta waits five seconds.
	 */
	onDelivery(
		delivery: InstagramDelivery,
		body: Uint8Array,
	): void | Promise<void>;
}

export type WebhookHandler = (request: Request) => Promise<Response>;

/**
 * A whole receiver as a function from the web's `Request` to its `Response`, for
 * Next, Hono, Bun, Deno and workers: handshake, signature, delivery.
 */
export function webhookHandler(options: WebhookOptions): WebhookHandler {
	return async (request) => {
		if (request.method === "GET") return handshake(request, options);
		if (request.method === "POST") return delivery(request, options);
		return new Response(null, { status: 405, headers: { Allow: "GET, POST" } });
	};
}

function handshake(
	request: Request,
	{ verifyToken }: WebhookOptions,
): Response {
	const verdict = answerHandshake(queryOf(request), verifyToken);
	return verdict.ok
		? plain(200, verdict.challenge)
		: plain(403, verdict.reason);
}

async function delivery(
	request: Request,
	{ appSecret, onDelivery }: WebhookOptions,
): Promise<Response> {
	const body = new Uint8Array(await request.arrayBuffer());
	const secrets =
		typeof appSecret === "string"
			? [{ name: "app secret", value: appSecret }]
			: appSecret;
	const verdict = await verifyWebSignature(body, [...request.headers], secrets);
	if (!verdict.valid) return plain(401, verdict.reason ?? "");
	await onDelivery(parseDelivery(body) as InstagramDelivery, body);
	return new Response(null, { status: 200 });
}

/** Not HTML: a challenge may be markup. */
function plain(status: number, text: string): Response {
	return new Response(text, {
		status,
		headers: { "Content-Type": "text/plain; charset=utf-8" },
	});
}
