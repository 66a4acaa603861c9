import {
	type HeaderList,
	type HttpRequest,
	type HttpResponse,
	textResponse,
} from "../http.ts";
import { responseText } from "../response-text.ts";
import type { Forward } from "../store/deliveries.ts";
import { UnreachableError, type World } from "../world.ts";
import { explainAnswer } from "./explain-answer.ts";
import { forwardHeaders, forwardTarget } from "./forward-target.ts";

export const forwardTimeoutMs = 30_000;

export interface ForwardOptions {
	url: URL;
	/** Added, or put in the place of headers of the same name. */
	headers: HeaderList;
	/** Takes any certificate. */
	insecure: boolean;
}

export interface Forwarded {
	/** The app's answer, which is what Meta gets; 502 or 504 where there was none. */
	response: HttpResponse;
	forward: Forward;
}

/**
 * Passes a request on to the user's app: method, path, query, headers and bytes
 * as they came. Redirects are not followed, nothing is tried again.
 */
export async function forward(
	request: HttpRequest,
	{ url, headers, insecure }: ForwardOptions,
	world: Pick<World, "network" | "clock">,
): Promise<Forwarded> {
	const to = forwardTarget(request.target, url);
	const startedAt = world.clock.now();
	const outcome = (response: HttpResponse, hint: string | undefined) => ({
		response,
		forward: {
			url: to,
			status: response.status,
			ms: world.clock.now() - startedAt,
			...(hint && { hint }),
		},
	});
	try {
		const response = await world.network.send({
			method: request.method,
			url: withCredentialsOf(url, to),
			headers: forwardHeaders(request.headers, headers),
			body: request.body,
			timeoutMs: forwardTimeoutMs,
			insecure,
		});
		return outcome(
			{ ...response, headers: answerHeaders(response.headers) },
			explainAnswer(response.status, responseText(response)),
		);
	} catch (error) {
		if (!(error instanceof UnreachableError)) throw error;
		const status = error.kind === "timeout" ? 504 : 502;
		return outcome(textResponse(status, `${error.message}\n`), cause(error));
	}
}

/** They are sent, but neither shown nor stored. */
function withCredentialsOf({ username, password }: URL, to: string): string {
	const url = new URL(to);
	if (!username && !password) return to;
	url.username = username;
	url.password = password;
	return url.href;
}

/** What belongs to one connection; the length is written anew for the same bytes. */
const ownHeaders =
	/^(connection|content-length|keep-alive|transfer-encoding|trailer|upgrade)$/i;

function answerHeaders(headers: HeaderList): HeaderList {
	return headers.filter(([name]) => !ownHeaders.test(name));
}

function cause({ kind, message }: UnreachableError): string {
	if (kind === "refused") return `${message}: is your app running?`;
	if (kind === "certificate")
		return `${message}: take its certificate with --insecure`;
	return message;
}
