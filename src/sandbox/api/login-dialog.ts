import {
	type Handler,
	type HttpRequest,
	type HttpResponse,
	splitTarget,
	textResponse,
} from "../../http.ts";
import type { Sandbox } from "../context.ts";
import { servedPath } from "./graph-call.ts";
import { asGraphError, graphErrors } from "./graph-error.ts";
import { newLoginCode } from "./login-code.ts";
import { dialogPage } from "./login-page.ts";
import { readParameters } from "./parameters.ts";

type Login = "facebook" | "instagram";

/** What an app asks a person for. */
export interface LoginRequest {
	login: Login;
	clientId: string;
	redirectUri: string;
	state: string | undefined;
	scopes: readonly string[];
}

/** `/dialog/oauth` of www.facebook.com, `/instagram/oauth/authorize` of www.instagram.com. */
export function isLoginDialog({ target }: HttpRequest): boolean {
	return dialogOf(target) !== undefined;
}

/**
 * GET shows the permissions an app asks for; POST, with `granted` (names,
 * separated by commas or repeated) or with `cancel`, answers and leads back to
 * the app's `redirect_uri`, with a code or with an error. Never throws.
 */
export function loginDialog(sandbox: Sandbox): Handler {
	return async (request) => {
		try {
			const asked = await readRequest(sandbox, request);
			return request.method === "POST"
				? await decide(sandbox, asked, request)
				: dialogPage(asked, request.target);
		} catch (error) {
			const { status, message } = asGraphError(error);
			return textResponse(status, `${message}\n`);
		}
	};
}

function dialogOf(target: string): Login | undefined {
	const { host, path } = servedPath(splitTarget(target).path);
	const name = path.join("/");
	if (host === "facebook" && name === "dialog/oauth") return "facebook";
	if (host === "instagram" && name === "oauth/authorize") return "instagram";
	return undefined;
}

async function readRequest(
	{ state }: Sandbox,
	request: HttpRequest,
): Promise<LoginRequest> {
	const login = dialogOf(request.target) as Login;
	const { query } = splitTarget(request.target);
	const clientId = query.get("client_id") ?? "";
	const appIds = {
		facebook: state.app.id,
		instagram: state.app.instagramAppId,
	};
	if (clientId !== appIds[login]) throw graphErrors.unknownApplication();
	return {
		login,
		clientId,
		redirectUri: readRedirectUri(query.get("redirect_uri")),
		state: query.get("state") ?? undefined,
		scopes: (query.get("scope") ?? "").split(/[\s,]+/).filter(Boolean),
	};
}

/** Meta takes those the app's settings list, which the sandbox's app does not have. */
function readRedirectUri(text: string | null): string {
	if (!text) throw graphErrors.missingRedirectUri();
	if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
		throw graphErrors.invalidParameter("redirect_uri isn't an absolute URI.");
	return text;
}

async function decide(
	sandbox: Sandbox,
	asked: LoginRequest,
	request: HttpRequest,
): Promise<HttpResponse> {
	const answer = await readParameters(request);
	if (answer.has("cancel")) return redirect(asked, denial);
	grant(sandbox, asked, granted(answer));
	return redirect(asked, { code: newLoginCode(sandbox, asked) });
}

function granted(answer: ReadonlyMap<string, string>): Set<string> {
	return new Set((answer.get("granted") ?? "").match(/\w+/g));
}

/** Of what was asked for, what is not granted is declined; the rest stays as it is. */
function grant(
	{ state }: Sandbox,
	{ login, scopes }: LoginRequest,
	permitted: ReadonlySet<string>,
): void {
	const permissions =
		login === "facebook" ? state.permissions : state.instagramPermissions;
	for (const scope of scopes)
		permissions.set(scope, permitted.has(scope) ? "granted" : "declined");
}

const denial = {
	error: "access_denied",
	error_code: "200",
	error_description: "Permissions error",
	error_reason: "user_denied",
};

/** With the fragment `#_` that Meta's redirects end with. */
function redirect(
	{ redirectUri, state }: LoginRequest,
	parameters: Record<string, string>,
): HttpResponse {
	const url = new URL(redirectUri);
	for (const [name, value] of Object.entries(parameters))
		url.searchParams.set(name, value);
	if (state !== undefined) url.searchParams.set("state", state);
	url.hash = "_";
	return textResponse(302, "", [
		["Location", url.href],
		["Cache-Control", "no-store"],
	]);
}
