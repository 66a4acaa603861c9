import {
	bodyText,
	type HttpRequest,
	headerValues,
	splitTarget,
} from "../../http.ts";
import { asRecord } from "../../webhook/delivery.ts";
import { jsonTokens } from "../../webhook/json-text.ts";
import { graphErrors } from "./graph-error.ts";

/**
 * The parameters of a request by name: from its query, then from its body,
 * which is a form, multipart or JSON. `name[]=`, `name[0]=` and `name[key]=`
 * become one JSON text; an empty value counts as left out, but for `ids`.
 * @throws GraphError 100 for a malformed body
 */
export async function readParameters(
	request: HttpRequest,
): Promise<Map<string, string>> {
	return combine([
		...splitTarget(request.target).query,
		...(await bodyParameters(request)),
	]);
}

/** The same for text that is a query. */
export function queryParameters(text: string): Map<string, string> {
	return combine(new URLSearchParams(text));
}

async function bodyParameters(
	request: HttpRequest,
): Promise<Iterable<[string, string]>> {
	if (request.body.length === 0) return [];
	const [contentType = ""] = headerValues(request.headers, "content-type");
	if (/\bjson\b/i.test(contentType)) return jsonParameters(bodyText(request));
	return /^\s*multipart\/form-data\b/i.test(contentType)
		? multipartParameters(request, contentType)
		: new URLSearchParams(bodyText(request));
}

/** Files are no parameters: nothing that the sandbox serves takes one. */
async function multipartParameters(
	{ body }: HttpRequest,
	contentType: string,
): Promise<[string, string][]> {
	const headers = { "content-type": contentType };
	const form = await new Response(Buffer.from(body), { headers })
		.formData()
		.catch(() => {
			throw graphErrors.invalidParameter(
				"The request body is not valid multipart/form-data.",
			);
		});
	return [...form].filter(
		(part): part is [string, string] => typeof part[1] === "string",
	);
}

function jsonParameters(text: string): [string, string][] {
	return Object.entries(asRecord(exactJson(text)))
		.filter(([, value]) => value !== null)
		.map(([name, value]) => [name, asText(value)]);
}

/** JSON whose numbers became texts: ids exceed what a number holds. */
export function exactJson(text: string): unknown {
	try {
		JSON.parse(text);
		let exact = "";
		for (const { kind, text: token } of jsonTokens(text))
			exact +=
				kind === "string" || kind === "number" ? JSON.stringify(token) : token;
		return JSON.parse(exact);
	} catch {
		throw graphErrors.invalidParameter("The request body is not valid JSON.");
	}
}

type Nested = Map<string, string>;

/** The last of equal names holds; those with brackets are gathered. */
function combine(pairs: Iterable<[string, string]>): Map<string, string> {
	const parameters = new Map<string, string>();
	const nested = new Map<string, Nested>();
	for (const [name, value] of pairs) {
		if (!value && name !== "ids") continue;
		const [, base = name, key] = /^([^[\]]+)\[([^[\]]*)\]$/.exec(name) ?? [];
		if (key === undefined) parameters.set(base, value);
		else gather(nested, base, { key, value });
	}
	for (const [name, entries] of nested) parameters.set(name, jsonOf(entries));
	return parameters;
}

function gather(
	nested: Map<string, Nested>,
	name: string,
	{ key, value }: { key: string; value: string },
): void {
	const entries: Nested = nested.get(name) ?? new Map();
	entries.set(key === "" ? String(entries.size) : key, value);
	nested.set(name, entries);
}

/** A list where every key is an index. */
function jsonOf(entries: Nested): string {
	const keys = [...entries.keys()];
	return JSON.stringify(
		keys.every((key) => /^\d+$/.test(key))
			? keys
					.sort((a, b) => Number(a) - Number(b))
					.map((key) => entries.get(key))
			: Object.fromEntries(entries),
	);
}

function asText(value: unknown): string {
	return typeof value === "string" ? value : JSON.stringify(value);
}
