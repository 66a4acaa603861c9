import {
	bodyText,
	type Handler,
	type HttpRequest,
	splitTarget,
} from "../http.ts";
import { members } from "../webhook/delivery.ts";
import { graphErrors } from "./graph-error.ts";
import { graphResponse } from "./graph-response.ts";
import { defaultVersion } from "./graph-version.ts";
import type { Sandbox } from "./sandbox-context.ts";
import { makeHappen, type TriggerInput } from "./trigger.ts";

/** Where igwh talks to a sandbox in another process; no path of Graph begins like this. */
export const controlPath = "/sandbox/";

/** `GET /sandbox/ping` and `POST /sandbox/trigger`; failures in Graph's envelope. Never throws. */
export function controlEdge(sandbox: Sandbox): Handler {
	return (request) =>
		graphResponse(sandbox.world, defaultVersion, () =>
			answer(sandbox, request),
		);
}

function answer(sandbox: Sandbox, request: HttpRequest): unknown {
	const { path } = splitTarget(request.target);
	switch (`${request.method} ${path}`) {
		case "GET /sandbox/ping":
			return { igwh: "sandbox" };
		case "POST /sandbox/trigger":
			return makeHappen(sandbox, triggerInput(request));
		default:
			throw graphErrors.unsupportedRequest(request.method);
	}
}

/** The members are checked where they are used; null counts as left out. */
function triggerInput(request: HttpRequest): TriggerInput {
	const given = Object.entries(members(parsed(bodyText(request)))).filter(
		([, value]) => value !== null,
	);
	return Object.fromEntries(given) as unknown as TriggerInput;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw graphErrors.invalidParameter("The request body is not valid JSON.");
	}
}
