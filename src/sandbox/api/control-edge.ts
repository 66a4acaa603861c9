import {
	bodyText,
	type Handler,
	type HttpRequest,
	splitTarget,
} from "../../http.ts";
import { IgwhError } from "../../igwh-error.ts";
import { asRecord } from "../../webhook/delivery.ts";
import type { Sandbox } from "../context.ts";
import { control, isControlOperation } from "../control.ts";
import { graphErrors } from "./graph-error.ts";
import { graphResponse } from "./graph-response.ts";
import { defaultVersion } from "./graph-version.ts";

/** Where igwh talks to a sandbox in another process; no path of Graph begins like this. */
export const controlPath = "/sandbox/";

/** `GET /sandbox/ping`, and `POST /sandbox/<operation>` with JSON; failures in Graph's envelope. Never throws. */
export function controlEdge(sandbox: Sandbox): Handler {
	return (request) =>
		graphResponse(sandbox.world, { version: defaultVersion }, () =>
			answer(sandbox, request),
		);
}

async function answer(
	sandbox: Sandbox,
	request: HttpRequest,
): Promise<unknown> {
	const { path } = splitTarget(request.target);
	const operation = path.slice(controlPath.length);
	if (request.method === "GET" && operation === "ping")
		return { igwh: "sandbox" };
	if (request.method !== "POST" || !isControlOperation(operation))
		throw graphErrors.unsupportedRequest(request.method);
	return control(sandbox, operation, inputOf(request)).catch(asRefusal);
}

/** What igwh says to people, in Graph's envelope. */
function asRefusal(thrown: unknown): never {
	if (!(thrown instanceof IgwhError)) throw thrown;
	const { message, hint } = thrown;
	throw graphErrors.invalidParameter(hint ? `${message}: ${hint}` : message);
}

/** The members are checked where they are used; null counts as left out. */
function inputOf(request: HttpRequest): Record<string, unknown> {
	const given = Object.entries(asRecord(parsed(bodyText(request)))).filter(
		([, value]) => value !== null,
	);
	return Object.fromEntries(given);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw graphErrors.invalidParameter("The request body is not valid JSON.");
	}
}
