import type { HeaderList, HttpRequest, HttpResponse } from "../../http.ts";
import { bodyText } from "../../http.ts";
import { instagramPath } from "../credentials.ts";
import { jsonPathValues } from "./batch-path.ts";
import type { GraphCall } from "./graph-call.ts";
import { graphErrors } from "./graph-error.ts";
import { servedVersion } from "./graph-version.ts";

/** One call of a batch, as its `batch` parameter spells it. */
interface BatchPart {
	method?: string;
	relative_url?: string;
	body?: string;
	name?: string;
	depends_on?: string;
	omit_response_on_success?: boolean;
	headers?: readonly unknown[];
}

/** How a call of the batch went; nothing where it was not made. */
type PartResult = HttpResponse | undefined;

const maxParts = 50;

/**
 * `POST /` with `batch`: makes the calls one after the other and answers with a
 * list of their answers. `{result=name:$.data.*.id}` takes values from the
 * answer to an earlier call. See ../README.md, "Batches".
 * @throws GraphError for a malformed batch
 */
export async function answerBatch(
	call: GraphCall,
	send: (request: HttpRequest) => Promise<HttpResponse>,
): Promise<unknown[]> {
	const parts = readParts(call);
	const results = new Map<string, PartResult>();
	const answers: unknown[] = [];
	for (const [index, part] of parts.entries()) {
		requireEarlier(part, { index, results });
		const result = mayRun(part, results)
			? await send(partRequest(call, resolved(part, results)))
			: undefined;
		if (part.name !== undefined) results.set(part.name, result);
		answers.push(shown(result, { part, parts, call }));
	}
	return answers;
}

function readParts({ parameters }: GraphCall): BatchPart[] {
	const parts = parsed(parameters.get("batch") ?? "");
	if (!Array.isArray(parts) || parts.length === 0)
		throw graphErrors.batch("Parameter batch must be a JSON array");
	if (parts.length > maxParts)
		throw graphErrors.batch(
			`Too many requests in batch message. Maximum batch size is ${maxParts}`,
		);
	for (const part of parts)
		if (typeof part?.relative_url !== "string")
			throw graphErrors.batch("Missing relative_url in batch operation");
	return parts;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** @throws GraphError for a part that needs one which does not come before it */
function requireEarlier(
	part: BatchPart,
	{ index, results }: { index: number; results: ReadonlyMap<string, unknown> },
): void {
	for (const name of [...dependencies(part)])
		if (!results.has(name))
			throw graphErrors.batch(
				`Request ${index} cannot depend on an  unresolved request with  name ${name}. Requests can only depend on preceding requests`,
			);
}

const reference = /\{result=([^:}]+):([^}]+)\}/g;

function dependencies({ relative_url, body, depends_on }: BatchPart) {
	const text = `${relative_url ?? ""} ${body ?? ""}`;
	return new Set([
		...(depends_on === undefined ? [] : [depends_on]),
		...[...text.matchAll(reference)].map(([, name]) => name as string),
	]);
}

/** Not after a failure of what it says it depends on. */
function mayRun(
	{ depends_on }: BatchPart,
	results: ReadonlyMap<string, PartResult>,
): boolean {
	return depends_on === undefined || isSuccess(results.get(depends_on));
}

function isSuccess(result: PartResult): boolean {
	return result?.status === 200;
}

/** The part with values in place of its references; where there are none, nothing. */
function resolved(
	part: BatchPart,
	results: ReadonlyMap<string, PartResult>,
): BatchPart {
	const fill = (text: string) =>
		text.replace(reference, (_, name, path) => {
			const result = results.get(name);
			return result && isSuccess(result)
				? jsonPathValues(JSON.parse(bodyText(result)), path).join(",")
				: "";
		});
	return {
		...part,
		relative_url: fill(part.relative_url ?? ""),
		...(part.body !== undefined && { body: fill(part.body) }),
	};
}

/** The part as a request of its own, with the batch's token where it has none. */
function partRequest(call: GraphCall, part: BatchPart): HttpRequest {
	const method = (part.method ?? "GET").toUpperCase();
	const path = (part.relative_url ?? "").replace(/^\/+/, "");
	const [first = ""] = path.split(/[/?]/);
	const version = servedVersion(first) === undefined ? `${call.version}/` : "";
	const prefix = call.host === "instagram" ? instagramPath : "";
	const headers: HeaderList = [
		["Host", new URL(call.baseUrl).host],
		["Content-Type", "application/x-www-form-urlencoded"],
		...(call.token === undefined
			? []
			: [["Authorization", `Bearer ${call.token}`] as const]),
	];
	return {
		method,
		target: `${prefix}/${version}${path}`,
		headers: [...headers, ...partHeaders(part)],
		body: Buffer.from(part.body ?? ""),
	};
}

/** Given as `{"name","value"}` or as `"If-None-Match: …"`. */
function partHeaders({ headers = [] }: BatchPart): HeaderList {
	return headers.flatMap((header) => {
		const [, name, value] =
			typeof header === "string"
				? (/^([\w-]+):\s*(.*)$/.exec(header) ?? [])
				: [undefined, ...nameAndValue(header)];
		return name ? [[name, value ?? ""] as const] : [];
	});
}

function nameAndValue(header: unknown): [string?, string?] {
	const { name, value } = Object(header);
	return typeof name === "string" ? [name, String(value ?? "")] : [];
}

/** Null for a call that was not made, and for one whose answer only others need. */
function shown(
	result: PartResult,
	{
		part,
		parts,
		call,
	}: { part: BatchPart; parts: BatchPart[]; call: GraphCall },
) {
	const isNeeded = parts.some((other) =>
		dependencies(other).has(part.name ?? ""),
	);
	const omit = part.omit_response_on_success ?? isNeeded;
	if (!result || (omit && isSuccess(result))) return null;
	const { status, headers } = result;
	return {
		code: status,
		...(call.parameters.get("include_headers") !== "false" && {
			headers: headers.map(([name, value]) => ({ name, value })),
		}),
		body: bodyText(result),
	};
}
