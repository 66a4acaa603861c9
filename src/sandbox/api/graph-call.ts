import {
	bodyText,
	type HttpRequest,
	headerValues,
	splitTarget,
} from "../../http.ts";
import { asRecord } from "../../webhook/delivery.ts";
import { jsonTokens } from "../../webhook/json-text.ts";
import { instagramPath } from "../credentials.ts";
import { graphErrors } from "./graph-error.ts";
import { defaultVersion, servedVersion } from "./graph-version.ts";

/** Which of Meta's two hosts a call is made to. */
export type GraphHost = "facebook" | "instagram";

/** A request as the Graph API reads it. */
export interface GraphCall {
	host: GraphHost;
	method: string;
	/** The version that serves it, e.g. `v25.0`. */
	version: string;
	/** What follows the version, e.g. `["me", "accounts"]`. */
	path: readonly string[];
	/** From the query and the body; an empty value counts as left out. */
	parameters: ReadonlyMap<string, string>;
	token: string | undefined;
}

/**
 * Reads parameters from the query, a form body or a JSON body, and the token
 * from `access_token` or the `Authorization` header.
 * @throws GraphError when a JSON body is malformed
 */
export function readGraphCall(request: HttpRequest): GraphCall {
	const { path, query } = splitTarget(request.target);
	const parameters = new Map(
		[...query, ...bodyParameters(request)].filter(([, value]) => value),
	);
	return {
		method: request.method.toUpperCase(),
		...servedPath(path),
		parameters,
		token: parameters.get("access_token") ?? bearerToken(request),
	};
}

/** @throws GraphError when it was left out */
export function needParameter({ parameters }: GraphCall, name: string): string {
	const value = parameters.get(name);
	if (value === undefined) throw graphErrors.missingParameter(name);
	return value;
}

/** A list parameter, given as `a,b` or `["a","b"]`. */
export function listParameter({ parameters }: GraphCall, name: string) {
	const text = parameters.get(name) ?? "";
	return (arrayOfTexts(text) ?? text.split(","))
		.map((item) => item.trim())
		.filter(Boolean);
}

/** The host and the version that serve a path, and the parts of the rest. */
export function servedPath(
	path: string,
): Pick<GraphCall, "host" | "version" | "path"> {
	const all = path.split("/").filter(Boolean).map(decoded);
	const host = `/${all[0]}` === instagramPath ? "instagram" : "facebook";
	const parts = host === "instagram" ? all.slice(1) : all;
	const version = parts[0] === undefined ? undefined : servedVersion(parts[0]);
	return version === undefined
		? { host, version: defaultVersion, path: parts }
		: { host, version, path: parts.slice(1) };
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

function bodyParameters(request: HttpRequest): Iterable<[string, string]> {
	if (request.body.length === 0) return [];
	const [contentType = ""] = headerValues(request.headers, "content-type");
	return /\bjson\b/i.test(contentType)
		? jsonParameters(bodyText(request))
		: new URLSearchParams(bodyText(request));
}

function jsonParameters(text: string): [string, string][] {
	return Object.entries(asRecord(exactJson(text)))
		.filter(([, value]) => value !== null)
		.map(([name, value]) => [
			name,
			typeof value === "string" ? value : JSON.stringify(value),
		]);
}

/** JSON whose numbers became texts: ids exceed what a number holds. */
function exactJson(text: string): unknown {
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

function arrayOfTexts(text: string): string[] | undefined {
	if (!text.trim().startsWith("[")) return undefined;
	try {
		const items: unknown = JSON.parse(text);
		return Array.isArray(items) ? items.map(String) : undefined;
	} catch {
		return undefined;
	}
}

function bearerToken({ headers }: HttpRequest): string | undefined {
	const [authorization = ""] = headerValues(headers, "authorization");
	return /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(authorization.trim())?.[1];
}
