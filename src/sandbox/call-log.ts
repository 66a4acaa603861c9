import {
	type Handler,
	type HttpRequest,
	type HttpResponse,
	splitTarget,
} from "../http.ts";
import { asRecord, asString } from "../webhook/delivery.ts";
import { type GraphCall, readGraphCall } from "./api/graph-call.ts";
import { instagramViewer } from "./api/instagram-viewer.ts";
import { readToken, type Viewer } from "./api/viewer.ts";
import type { Sandbox } from "./context.ts";
import { type LoggedCall, shownUrl } from "./log.ts";

/** How many calls the control API can show. */
const longest = 1000;

/** Logs each call, without anything secret. */
export function logged(sandbox: Sandbox, handler: Handler): Handler {
	return async (request) => {
		const caller = await callerOf(sandbox, request);
		const response = await handler(request);
		const entry: LoggedCall = {
			type: "request",
			method: request.method,
			path: splitTarget(request.target).path,
			status: response.status,
			...caller,
			...refusalOf(response),
		};
		sandbox.calls.push(entry);
		if (sandbox.calls.length > longest) sandbox.calls.shift();
		sandbox.log(entry);
		return response;
	};
}

type Caller = Pick<LoggedCall, "parameters" | "as" | "granted">;

async function callerOf(
	sandbox: Sandbox,
	request: HttpRequest,
): Promise<Caller> {
	try {
		const call = await readGraphCall(request);
		return { parameters: shownParameters(call), ...grantOf(sandbox, call) };
	} catch {
		// Its body is malformed: the answer says so.
		return { parameters: {}, as: "unknown", granted: [] };
	}
}

function grantOf(
	sandbox: Sandbox,
	call: GraphCall,
): Pick<LoggedCall, "as" | "granted"> {
	if (call.token === undefined) return { as: "nobody", granted: [] };
	try {
		const viewer =
			call.host === "instagram"
				? instagramViewer(sandbox, call)
				: readToken(sandbox, call.token);
		if (viewer.kind === "app") return { as: "app", granted: [] };
		return { as: nameOf(viewer), granted: [...viewer.permissions] };
	} catch {
		return { as: "a bad token", granted: [] };
	}
}

function nameOf(viewer: Viewer): string {
	if (viewer.kind === "page") return `page ${viewer.page.id}`;
	return viewer.kind === "instagram"
		? `account ${viewer.account.id}`
		: viewer.kind;
}

const secretParameter = /token|secret|proof|^code$/;

function shownParameters({ parameters }: GraphCall): Record<string, string> {
	const shown = [...parameters].map(([name, value]) => [
		name,
		secretParameter.test(name)
			? "…"
			: URL.canParse(value) && /^https?:/.test(value)
				? shownUrl(value)
				: value,
	]);
	return Object.fromEntries(shown);
}

function refusalOf({ status, body }: HttpResponse): Pick<LoggedCall, "error"> {
	const { code, error_subcode, message } = errorOf(status, body);
	if (code === undefined) return {};
	return {
		error: {
			code: Number(code),
			...(error_subcode !== undefined && { subcode: Number(error_subcode) }),
			message: asString(message),
		},
	};
}

function errorOf(status: number, body: Uint8Array): Record<string, unknown> {
	if (status < 400) return {};
	try {
		const { error } = asRecord(JSON.parse(Buffer.from(body).toString("utf8")));
		return asRecord(error);
	} catch {
		// A page, such as the login dialog.
		return {};
	}
}
