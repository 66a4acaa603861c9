import {
	bodyText,
	type Handler,
	type HttpRequest,
	type HttpResponse,
	headerValues,
	splitTarget,
	textResponse,
} from "../../http.ts";
import { graphJson } from "./graph-json.ts";

/**
 * Answers as a client wants them: HEAD as GET (the server leaves out the body),
 * `pretty=1` indented, `callback=name` as a script that calls the function.
 */
export function presented(handler: Handler): Handler {
	return async (request) => {
		const isHead = request.method === "HEAD";
		const response = await handler(
			isHead ? { ...request, method: "GET" } : request,
		);
		const { query } = splitTarget(request.target);
		const callback = query.get("callback");
		if (response.status === 304 || !isJson(response)) return response;
		if (callback) return scriptOf(response, callback);
		return /^(1|true)$/.test(query.get("pretty") ?? "")
			? withBody(response, graphJson(JSON.parse(bodyText(response)), 3))
			: response;
	};
}

/** 304 where the client has the answer already. */
export function conditional(
	request: HttpRequest,
	response: HttpResponse,
): HttpResponse {
	const [etag = ""] = headerValues(response.headers, "etag");
	const known = headerValues(request.headers, "if-none-match").flatMap(
		(value) => value.split(",").map((tag) => tag.trim().replace(/^W\//, "")),
	);
	return request.method === "GET" &&
		response.status === 200 &&
		known.includes(etag)
		? { ...response, status: 304, body: new Uint8Array() }
		: response;
}

function isJson({ headers }: HttpResponse): boolean {
	return (headerValues(headers, "content-type")[0] ?? "").includes("json");
}

/** With status 200, even for an error: a script that fails to load says nothing. */
function scriptOf(response: HttpResponse, callback: string): HttpResponse {
	if (!/^[\w$.[\]]{1,200}$/.test(callback))
		return textResponse(400, "callback is not the name of a function\n");
	const script = `/**/ ${callback}(${bodyText(response)});`;
	return {
		...withBody(response, script),
		status: 200,
		headers: [
			["Content-Type", "text/javascript; charset=UTF-8"],
			["X-Content-Type-Options", "nosniff"],
			...response.headers.filter(([name]) => name !== "Content-Type"),
		],
	};
}

function withBody(response: HttpResponse, text: string): HttpResponse {
	return { ...response, body: Buffer.from(text) };
}
