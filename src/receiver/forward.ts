import {
	bodyText,
	type HeaderList,
	type HttpRequest,
	type HttpResponse,
	splitTarget,
	textResponse,
} from "../http.ts";
import { IgwhError } from "../igwh-error.ts";
import type { Forward } from "../store/deliveries.ts";
import { explainAnswer } from "../webhook/explain-answer.ts";
import { UnreachableError, type World } from "../world.ts";

const timeoutMs = 30_000;

/**
 * Where `--forward` leads: `3000`, `/path` and whole URLs.
 * @throws IgwhError `usage`
 */
export function forwardUrl(typed: string): URL {
	const whole = /^\d+$/.test(typed)
		? `http://127.0.0.1:${typed}`
		: typed.startsWith("/")
			? `http://127.0.0.1:3000${typed}`
			: typed;
	if (!URL.canParse(whole) || !/^https?:$/.test(new URL(whole).protocol))
		throw new IgwhError(
			"usage",
			`--forward ${typed} is not a URL`,
			"give a port, a path of port 3000, or a whole URL: --forward 3000",
		);
	return new URL(whole);
}

/**
 * Passes a delivery on to the user's app: method, query, headers and bytes as
 * they came. A URL with a path of its own takes the place of the receiver's.
 * @returns the app's answer, which is what Meta gets, and how it went
 */
export async function forward(
	request: HttpRequest,
	url: URL,
	world: Pick<World, "network" | "clock">,
): Promise<{ response: HttpResponse; forward: Forward }> {
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
		const { status, body } = await world.network.send({
			method: request.method,
			url: to,
			headers: messageHeaders(request.headers),
			body: request.body,
			timeoutMs,
		});
		const text = bodyText({ body });
		return outcome(textResponse(status, text), explainAnswer(status, text));
	} catch (error) {
		if (!(error instanceof UnreachableError)) throw error;
		const { kind, message } = error;
		return outcome(
			textResponse(kind === "timeout" ? 504 : 502, `${message}\n`),
			kind === "refused" ? `${message}: is your app running?` : message,
		);
	}
}

function forwardTarget(target: string, url: URL): string {
	const { path } = splitTarget(target);
	const query = target.slice(path.length);
	return url.pathname === "/" && !url.search
		? `${url.origin}${target}`
		: `${url.origin}${url.pathname}${url.search}${url.search ? query.replace("?", "&") : query}`;
}

/** What belongs to one connection, not to the message (RFC 9110 §7.6.1); Host is the app's own. */
const perConnection = new Set([
	"connection",
	"host",
	"keep-alive",
	"proxy-connection",
	"te",
	"trailer",
	"transfer-encoding",
	"upgrade",
]);

/** The headers of the message, without those of the connection it came by. */
export function messageHeaders(headers: HeaderList): HeaderList {
	return headers.filter(([name]) => !perConnection.has(name.toLowerCase()));
}
