import {
	type HeaderList,
	type HttpRequest,
	type HttpResponse,
	textResponse,
} from "../http.ts";
import { responseText } from "../response-text.ts";
import type { Forward } from "../store/deliveries.ts";
import { deliveryTimeoutMs } from "../webhook/meta-retries.ts";
import { UnreachableError, type World } from "../world.ts";
import { explainAnswer } from "./explain-answer.ts";
import { firstWords } from "./first-words.ts";
import { forwardHeaders, forwardTarget } from "./forward-target.ts";

export const forwardTimeoutMs = 30_000;

export interface ForwardOptions {
	url: URL;
	/** Added, or instead of headers of the same name. */
	headers: HeaderList;
	/** Skips the check of its certificate. */
	insecure: boolean;
}

export interface Forwarded {
	/** The app's answer, which is what Meta gets; 502 or 504 where there was none. */
	response: HttpResponse;
	forward: Forward;
}

/**
 * Forwards a request to the user's app: method, path, query, headers and bytes
 * as received. Redirects are not followed, nothing is retried.
 */
export async function forward(
	request: HttpRequest,
	{ url, headers, insecure }: ForwardOptions,
	world: Pick<World, "network" | "clock">,
): Promise<Forwarded> {
	const to = forwardTarget(request.target, url);
	const startedAt = world.clock.now();
	const outcome = (
		response: HttpResponse,
		{ hint, problem }: Pick<Forward, "hint" | "problem">,
	) => {
		const ms = world.clock.now() - startedAt;
		const cause = hint ?? slowness(ms);
		return {
			response,
			forward: {
				url: to,
				status: response.status,
				ms,
				...(problem && { problem }),
				...(cause && { hint: cause }),
			},
		};
	};
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
			explained(response),
		);
	} catch (error) {
		if (!(error instanceof UnreachableError)) throw error;
		const status = error.kind === "timeout" ? 504 : 502;
		return outcome(textResponse(status, `${error.message}\n`), {
			problem: error.kind,
			hint: cause(error),
		});
	}
}

/** Why an answer is a failure, with what the app itself says about it. */
function explained(response: HttpResponse): Pick<Forward, "hint"> {
	const { status } = response;
	const text = responseText(response);
	const hint = explainAnswer(status, text);
	if (!hint) return {};
	const said = status >= 400 && status < 500 ? firstWords(text, 1) : "";
	return {
		hint: said && !hint.includes(said) ? `${hint} (it says: ${said})` : hint,
	};
}

/** Meta takes a late answer for none, whatever its status. */
function slowness(ms: number): string | undefined {
	if (ms <= deliveryTimeoutMs) return undefined;
	return `slower than the ${deliveryTimeoutMs / 1000} s that Meta waits: answer 200 first, then process`;
}

/** They are sent, but neither shown nor stored. */
function withCredentialsOf({ username, password }: URL, to: string): string {
	const url = new URL(to);
	if (!username && !password) return to;
	url.username = username;
	url.password = password;
	return url.href;
}

/** Headers of one connection; the length is set again for the same bytes. */
const ownHeaders =
	/^(connection|content-length|keep-alive|transfer-encoding|trailer|upgrade)$/i;

function answerHeaders(headers: HeaderList): HeaderList {
	return headers.filter(([name]) => !ownHeaders.test(name));
}

function cause({ kind, message }: UnreachableError): string {
	if (kind === "refused") return `${message}; is your app running?`;
	if (kind === "certificate")
		return `${message}; to skip the certificate check: --insecure`;
	return message;
}
