import { createHash } from "node:crypto";
import type { HeaderList, HttpResponse } from "../../http.ts";
import type { SandboxWorld } from "../context.ts";
import type { GraphHost } from "./graph-call.ts";
import { asGraphError, type GraphError } from "./graph-error.ts";
import { graphJson } from "./graph-json.ts";
import { defaultVersion } from "./graph-version.ts";
import { asInstagramError } from "./instagram-error.ts";

/**
 * Answers as the Graph API does: what the work returns as JSON, what it throws
 * in Meta's error envelope, both with Meta's headers, except
 * `Access-Control-Allow-Origin: *`: every web page could read the answers.
 * Never throws.
 * @param served by which version, e.g. `v25.0`, and by which of Meta's hosts
 */
export async function graphResponse(
	{ randomBytes }: Pick<SandboxWorld, "randomBytes">,
	{ version, host = "facebook" }: { version: string; host?: GraphHost },
	work: () => unknown,
): Promise<HttpResponse> {
	const traceId = `A${base64(randomBytes(16), "base64url")}`;
	const { status, json, more } = await outcome(work, traceId, host);
	const body = Buffer.from(json);
	return {
		status,
		headers: [
			["Content-Type", "application/json; charset=UTF-8"],
			["ETag", `"${createHash("sha1").update(body).digest("hex")}"`],
			[`${host}-api-version`, version],
			["x-fb-request-id", traceId],
			["x-fb-trace-id", base64(randomBytes(8), "base64url")],
			["x-fb-rev", "1030000000"],
			["x-fb-debug", base64(randomBytes(64), "base64")],
			["Cache-Control", "private, no-cache, no-store, must-revalidate"],
			["Pragma", "no-cache"],
			["Expires", "Sat, 01 Jan 2000 00:00:00 GMT"],
			...more,
		],
		body,
	};
}

/** The answer to a call that is not looked at. */
export function refusal(
	world: Pick<SandboxWorld, "randomBytes">,
	error: GraphError,
): Promise<HttpResponse> {
	return graphResponse(world, { version: defaultVersion }, () => {
		throw error;
	});
}

async function outcome(
	work: () => unknown,
	traceId: string,
	host: GraphHost,
): Promise<{ status: number; json: string; more: HeaderList }> {
	try {
		return { status: 200, json: graphJson(await work()), more: [] };
	} catch (thrown) {
		const refused = asGraphError(thrown);
		const error = host === "instagram" ? asInstagramError(refused) : refused;
		return {
			status: error.status,
			json: graphJson(error.envelope(traceId)),
			more: challengeHeaders(error),
		};
	}
}

function challengeHeaders({ code, message }: GraphError): HeaderList {
	return code === 190
		? [
				[
					"WWW-Authenticate",
					`OAuth "Facebook Platform" "invalid_token" "${message}"`,
				],
			]
		: [];
}

function base64(bytes: Uint8Array, encoding: "base64" | "base64url"): string {
	return Buffer.from(bytes).toString(encoding);
}
