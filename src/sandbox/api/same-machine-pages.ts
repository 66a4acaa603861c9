import {
	type Handler,
	type HeaderList,
	type HttpRequest,
	headerValues,
} from "../../http.ts";
import { isLoopback } from "../../loopback-guard.ts";

/**
 * Lets pages of this machine read the answers, such as an app under development
 * on another port. Meta lets every page; here the guard has refused the others
 * before (test/loopback-guard.test.ts).
 */
export function readableByLocalPages(handler: Handler): Handler {
	return async (request) => {
		const origin = localOrigin(request);
		if (request.method === "OPTIONS")
			return {
				status: 200,
				headers: [...allowed(request, origin), ["Allow", methods]],
				body: new Uint8Array(),
			};
		const response = await handler(request);
		return {
			...response,
			headers: [...response.headers, ...readable(origin)],
		};
	};
}

const methods = "GET, HEAD, POST, DELETE, OPTIONS";

function localOrigin({ headers }: HttpRequest): string | undefined {
	const [origin] = headerValues(headers, "origin");
	return origin !== undefined &&
		URL.canParse(origin) &&
		isLoopback(new URL(origin).hostname)
		? origin
		: undefined;
}

function allowed(
	{ headers }: HttpRequest,
	origin: string | undefined,
): HeaderList {
	if (origin === undefined) return [];
	const [wanted] = headerValues(headers, "access-control-request-headers");
	return [
		...readable(origin),
		["Access-Control-Allow-Methods", methods],
		...(wanted ? [["Access-Control-Allow-Headers", wanted] as const] : []),
	];
}

function readable(origin: string | undefined): HeaderList {
	return origin === undefined
		? [["Vary", "Origin"]]
		: [
				["Vary", "Origin"],
				["Access-Control-Allow-Origin", origin],
				[
					"Access-Control-Expose-Headers",
					"ETag, facebook-api-version, instagram-api-version, x-fb-trace-id, x-app-usage, x-business-use-case-usage",
				],
			];
}
