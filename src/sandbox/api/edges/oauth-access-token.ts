import type { Sandbox } from "../../context.ts";
import { sandboxCredentials } from "../../credentials.ts";
import { unixSeconds } from "../../graph-time.ts";
import { newTokenValue } from "../../new-id.ts";
import type { AccessToken } from "../../simulation/state.ts";
import { type GraphCall, needParameter } from "../graph-call.ts";
import { graphErrors } from "../graph-error.ts";
import { takeLoginCode } from "../login-code.ts";
import { findToken, readToken } from "../viewer.ts";

/**
 * `GET /oauth/access_token` (meta-platform §4.5): an app token, or a long-lived
 * token for another one. The long-lived user token is always the well-known one,
 * so that it still works when the sandbox is started again.
 */
export function issueToken(sandbox: Sandbox, call: GraphCall) {
	const code = call.parameters.get("code");
	const grant = code
		? (call.parameters.get("grant_type") ?? "authorization_code")
		: needParameter(call, "grant_type");
	checkClient(sandbox, call);
	if (grant === "authorization_code") return shortLivedToken(sandbox, call);
	if (grant === "client_credentials") return appToken(sandbox);
	if (grant === "fb_exchange_token")
		return exchange(sandbox, needParameter(call, "fb_exchange_token"));
	throw graphErrors.notOneOf("grant_type", grants, grant);
}

const grants = [
	"authorization_code",
	"client_credentials",
	"fb_exchange_token",
];

function checkClient({ state }: Sandbox, call: GraphCall): void {
	if (needParameter(call, "client_id") !== state.app.id)
		throw graphErrors.unknownApplication();
	if (needParameter(call, "client_secret") !== state.app.secret)
		throw graphErrors.wrongClientSecret();
}

/** A user token for the code of the login dialog, good for two hours at most. */
function shortLivedToken(sandbox: Sandbox, call: GraphCall) {
	takeLoginCode(sandbox, {
		login: "facebook",
		code: needParameter(call, "code"),
		redirectUri: needParameter(call, "redirect_uri"),
	});
	const { state, world } = sandbox;
	const issuedAt = world.clock.now();
	const token: AccessToken = {
		value: newTokenValue(sandbox, "EAA"),
		issuedAt,
		expiresAt: issuedAt + lifeMs,
	};
	state.tokens.push(token);
	return {
		access_token: token.value,
		token_type: "bearer",
		expires_in: unixSeconds(lifeMs),
	};
}

const lifeMs = 5_400_000;

function appToken({ state }: Sandbox) {
	return {
		access_token: `${state.app.id}|${state.app.secret}`,
		token_type: "bearer",
	};
}

function exchange(sandbox: Sandbox, text: string) {
	const viewer = readToken(sandbox, text);
	if (viewer.kind === "app") throw graphErrors.unparsableToken();
	const { state, world } = sandbox;
	const value = viewer.kind === "user" ? sandboxCredentials.userToken : text;
	const { expiresAt } = findToken(state, value) as AccessToken;
	return {
		access_token: value,
		token_type: "bearer",
		...(expiresAt !== undefined && {
			expires_in: unixSeconds(expiresAt - world.clock.now()),
		}),
	};
}
