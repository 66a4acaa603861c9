import {
	bodyText,
	type Handler,
	type HttpRequest,
	splitTarget,
} from "../../http.ts";
import { asRecord } from "../../webhook/delivery.ts";
import type { Sandbox } from "../context.ts";
import { simulate, type TriggerInput } from "../simulation/simulate.ts";
import { graphErrors } from "./graph-error.ts";
import { graphResponse } from "./graph-response.ts";
import { defaultVersion } from "./graph-version.ts";

/** Where igwh talks to a sandbox in another process; no path of Graph begins like this. */
export const controlPath = "/sandbox/";

/** `GET /sandbox/ping` and `POST /sandbox/trigger`; failures in Graph's envelope. Never throws. */
export function controlEdge(sandbox: Sandbox): Handler {
	return (request) =>
		graphResponse(sandbox.world, { version: defaultVersion }, () =>
			answer(sandbox, request),
		);
}

function answer(sandbox: Sandbox, request: HttpRequest): unknown {
	const { path } = splitTarget(request.target);
	switch (`${request.method} ${path}`) {
		case "GET /sandbox/ping":
			return { igwh: "sandbox" };
		case "POST /sandbox/trigger":
			return simulate(sandbox, triggerInput(request));
		default:
			throw graphErrors.unsupportedRequest(request.method);
	}
}

/** The members are checked where they are used; null counts as left out. */
function triggerInput(request: HttpRequest): TriggerInput {
	const given = Object.entries(asRecord(parsed(bodyText(request)))).filter(
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
