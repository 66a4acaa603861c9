import {
	bodyText,
	type Handler,
	type HttpRequest,
	type HttpResponse,
	headerValues,
	splitTarget,
	textResponse,
} from "../../src/http.ts";
import { answerHandshake } from "../../src/webhook/handshake.ts";
import { sign, verifySignature } from "../../src/webhook/signature.ts";
import { UnreachableError } from "../../src/world.ts";

export const secret = "the-app-secret";
export const verifyToken = "the-verify-token";

/** The parts of a receiver; a broken one has one of its own. */
export interface Parts {
	/** Before everything else; nothing goes on. */
	before(request: HttpRequest): Promise<HttpResponse | undefined>;
	/** Gives the challenge back, or nothing. */
	mayVerify(query: URLSearchParams): boolean;
	challenge(challenge: string): HttpResponse;
	refusedHandshake(query: URLSearchParams): HttpResponse;
	isAuthentic(request: HttpRequest): boolean;
	refusedDelivery(): HttpResponse;
	read(text: string): unknown;
	take(payload: Payload, request: HttpRequest): Promise<HttpResponse>;
}

/** As a careless app sees a payload: whatever it wants is there. */
export interface Payload {
	object: string;
	// biome-ignore lint/suspicious/noExplicitAny: that is the point
	entry: any[];
}

const good: Parts = {
	before: async () => undefined,
	mayVerify: (query) => answerHandshake(query, verifyToken).ok,
	challenge: (challenge) => textResponse(200, challenge),
	refusedHandshake: () => textResponse(403, "refused"),
	isAuthentic: ({ body, headers }) =>
		headerValues(headers, "x-hub-signature-256").length === 1 &&
		verifySignature(body, headers, [{ name: "", value: secret }]).valid,
	refusedDelivery: () => textResponse(401, "refused"),
	read: (text) => {
		try {
			return JSON.parse(text);
		} catch {
			return undefined;
		}
	},
	take: async () => textResponse(200, ""),
};

/** A receiver without a fault but in the parts given. */
export function receiverWith(parts: Partial<Parts>): Handler {
	const all = { ...good, ...parts };
	return async (request) => {
		try {
			return (await all.before(request)) ?? (await answer(request, all));
		} catch (error) {
			if (error instanceof UnreachableError) throw error;
			return textResponse(500, String(error));
		}
	};
}

async function answer(
	request: HttpRequest,
	parts: Parts,
): Promise<HttpResponse> {
	const { path, query } = splitTarget(request.target);
	if (path !== "/webhook") return textResponse(404, "not here");
	if (request.method === "GET")
		return parts.mayVerify(query)
			? parts.challenge(query.get("hub.challenge") ?? "")
			: parts.refusedHandshake(query);
	if (!parts.isAuthentic(request)) return parts.refusedDelivery();
	const payload = parts.read(bodyText(request));
	const isPayload = Array.isArray((payload as Payload | undefined)?.entry);
	return isPayload
		? parts.take(payload as Payload, request)
		: textResponse(400, "no payload");
}

/** The header as most frameworks give it: the first of several. */
export function signatureOf({ headers }: HttpRequest): string | undefined {
	return headerValues(headers, "x-hub-signature-256")[0];
}

export function goodSignature(body: Uint8Array | string): string {
	return sign(Buffer.from(body), secret);
}

/** Every change and messaging event of a payload. */
export function events({ entry }: Payload) {
	return entry.flatMap((one) => [
		...(one?.changes ?? []),
		...(one?.messaging ?? []),
	]);
}
