import {
	type Handler,
	type HttpRequest,
	headerValues,
	textResponse,
} from "./http.ts";

/**
 * Protects a server that listens on loopback from web pages. Any page that the
 * user opens can send requests to 127.0.0.1, and a hostile DNS name can point
 * there. What holds each threat (test/loopback-guard.test.ts):
 *
 * - DNS rebinding (`http://evil.example:7302` resolves to 127.0.0.1, so that the
 *   page may read answers): `Host` must be a loopback name, with any port.
 * - A form, `fetch` or WebSocket of a page on another site: a foreign `Origin`
 *   is refused, `null` (sandboxed frames, files) included.
 * - A request without `Origin` (an image, a script, an old form): browsers mark
 *   it `Sec-Fetch-Site: cross-site`. Only following a link may pass, and only
 *   with GET or HEAD, which must not change anything.
 * - Reading answers from a page: no `Access-Control-Allow-Origin` is sent.
 *
 * It does not hold back programs on this machine: they may send any header.
 * A request without `Host` (HTTP/1.0) comes from no browser and passes.
 */
export function loopbackGuard(handler: Handler): Handler {
	return async (request) => {
		const problem = refusal(request);
		return problem === undefined
			? handler(request)
			: textResponse(403, `${problem}\n`);
	};
}

function refusal({ method, headers }: HttpRequest): string | undefined {
	const host = headerValues(headers, "host").find(
		(value) => /[/?#@\\]/.test(value) || !isLoopbackUrl(`http://${value}`),
	);
	if (host !== undefined)
		return "this server answers only to loopback names: 127.0.0.1, localhost or [::1]";
	const origin = headerValues(headers, "origin").find(
		(value) => !isLoopbackUrl(value),
	);
	if (origin !== undefined)
		return "this server refuses requests from pages of other sites";
	const followsLink =
		/^(GET|HEAD)$/.test(method) &&
		headerValues(headers, "sec-fetch-mode").includes("navigate");
	if (
		headerValues(headers, "sec-fetch-site").includes("cross-site") &&
		!followsLink
	)
		return "this server refuses requests from pages of other sites";
	return undefined;
}

export function isLoopbackUrl(text: string): boolean {
	return URL.canParse(text) && isLoopback(new URL(text).hostname);
}

/** Whether a URL's host name is this machine. @param hostname as `URL` gives it, `[::1]` in brackets */
export function isLoopback(hostname: string): boolean {
	return (
		/^127\.\d+\.\d+\.\d+$/.test(hostname) ||
		hostname === "[::1]" ||
		/^([^.]+\.)*localhost\.?$/.test(hostname)
	);
}
