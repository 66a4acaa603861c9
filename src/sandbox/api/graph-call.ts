import { type HttpRequest, headerValues, splitTarget } from "../../http.ts";
import { instagramPath, sandboxSettings } from "../credentials.ts";
import { graphErrors } from "./graph-error.ts";
import { defaultVersion, servedVersion } from "./graph-version.ts";
import { readParameters } from "./parameters.ts";

/** Which of Meta's two hosts a call is made to. */
export type GraphHost = "facebook" | "instagram";

/** A request as the Graph API reads it. */
export interface GraphCall {
	host: GraphHost;
	/** Where that host is served, as the client addresses it: `http://127.0.0.1:7302`. */
	baseUrl: string;
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
 * Reads a request: its parameters, and its token from `access_token` or the
 * `Authorization` header. A POST may say another method in `method`; a GET may
 * not, as pages of other sites can make the browser follow a link here.
 * @throws GraphError when the body is malformed
 */
export async function readGraphCall(request: HttpRequest): Promise<GraphCall> {
	const parameters = await readParameters(request);
	const method = request.method.toUpperCase();
	const override = method === "POST" ? parameters.get("method") : undefined;
	const served = servedPath(splitTarget(request.target).path);
	return {
		...served,
		baseUrl: baseUrl(request, served.host),
		method: override?.toUpperCase() ?? method,
		parameters,
		token: parameters.get("access_token") ?? bearerToken(request),
	};
}

/** @throws GraphError when it was left out */
export function needParameter(
	{ parameters }: Pick<GraphCall, "parameters">,
	name: string,
): string {
	const value = parameters.get(name);
	if (value === undefined) throw graphErrors.missingParameter(name);
	return value;
}

/** A list parameter, given as `a,b` or `["a","b"]`. */
export function listParameter(
	{ parameters }: Pick<GraphCall, "parameters">,
	name: string,
): string[] {
	const text = parameters.get(name) ?? "";
	return (arrayOfTexts(text) ?? text.split(","))
		.map((item) => item.trim())
		.filter(Boolean);
}

/** @throws GraphError when it was left out, or is neither true nor false */
export function booleanParameter(call: GraphCall, name: string): boolean {
	const value = needParameter(call, name).toLowerCase();
	if (value === "true" || value === "1") return true;
	if (value === "false" || value === "0") return false;
	throw graphErrors.invalidParameter(`Param ${name} must be a boolean`);
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

/** Links lead back to where the client found the sandbox. */
function baseUrl({ headers }: HttpRequest, host: GraphHost): string {
	const [name] = headerValues(headers, "host");
	const origin =
		name === undefined ? sandboxSettings.graphUrl : `http://${name}`;
	return `${origin}${host === "instagram" ? instagramPath : ""}`;
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
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
