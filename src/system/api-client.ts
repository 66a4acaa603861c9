import type { HttpResponse } from "../http.ts";
import type { OutgoingRequest } from "../world.ts";
import { pairs } from "./raw-headers.ts";
import { unreachable } from "./unreachable.ts";

/**
 * Calls an API through `got`: idempotent methods are tried again after a
 * network failure, a 429 with Retry-After or a 5xx; POST never is.
 */
export async function callApi(request: OutgoingRequest): Promise<HttpResponse> {
	const { got } = await import("got");
	const { url, method, headers, body, timeoutMs, signal } = request;
	try {
		const response = await got(url, {
			method: method as "GET",
			headers: Object.fromEntries(headers),
			...(body.length > 0 && { body: Buffer.from(body) }),
			responseType: "buffer",
			throwHttpErrors: false,
			followRedirect: false,
			timeout: { request: timeoutMs },
			retry: { limit: 2, maxRetryAfter: 2000 },
			...(signal && { signal }),
		});
		return {
			status: response.statusCode,
			headers: pairs(response.rawHeaders),
			body: response.body,
		};
	} catch (error) {
		throw unreachable(error as Error, request);
	}
}
