import type { Sandbox } from "../../context.ts";
import { sandboxCredentials } from "../../credentials.ts";
import { unixSeconds } from "../../graph-time.ts";
import { newTokenValue } from "../../new-id.ts";
import type { AccessToken } from "../../simulation/state.ts";
import { type GraphCall, needParameter } from "../graph-call.ts";
import { asGraphError, graphErrors } from "../graph-error.ts";
import { InstagramOauthError, instagramErrors } from "../instagram-error.ts";
import { instagramToken } from "../instagram-viewer.ts";
import { takeLoginCode } from "../login-code.ts";
import { scopesOf } from "../viewer.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** `POST /oauth/access_token` of api.instagram.com: a token for an hour. */
export function issueInstagramToken(sandbox: Sandbox, call: GraphCall) {
	try {
		return tokenForCode(sandbox, call);
	} catch (error) {
		throw new InstagramOauthError(asGraphError(error));
	}
}

function tokenForCode(sandbox: Sandbox, call: GraphCall) {
	const { state, world } = sandbox;
	if (call.method !== "POST") throw graphErrors.unsupportedMethod(call.method);
	if (needParameter(call, "client_id") !== state.app.instagramAppId)
		throw instagramErrors.invalidPlatformApp();
	if (needParameter(call, "client_secret") !== state.app.instagramAppSecret)
		throw graphErrors.wrongClientSecret();
	requireGrant(call, "authorization_code");
	takeLoginCode(sandbox, {
		login: "instagram",
		code: needParameter(call, "code"),
		redirectUri: needParameter(call, "redirect_uri"),
	});
	const issuedAt = world.clock.now();
	const token: AccessToken = {
		value: newTokenValue(sandbox, "IGAA"),
		accountId: sandboxCredentials.igUserId,
		issuedAt,
		expiresAt: issuedAt + hour,
	};
	state.tokens.push(token);
	return {
		access_token: token.value,
		user_id: token.accountId,
		permissions: scopesOf(state, token),
	};
}

/** `GET /access_token` of graph.instagram.com: a short-lived token becomes a long-lived one. */
export function exchangeInstagramToken(sandbox: Sandbox, call: GraphCall) {
	requireGrant(call, "ig_exchange_token");
	if (
		needParameter(call, "client_secret") !==
		sandbox.state.app.instagramAppSecret
	)
		throw graphErrors.wrongClientSecret();
	const token = instagramToken(sandbox, call);
	if (!isShortLived(token)) throw instagramErrors.notShortLived();
	return shown(sandbox, longLivedToken(sandbox, token));
}

/** `GET /refresh_access_token`: 60 more days for a long-lived token that is a day old. */
export function refreshInstagramToken(sandbox: Sandbox, call: GraphCall) {
	requireGrant(call, "ig_refresh_token");
	const token = instagramToken(sandbox, call);
	const now = sandbox.world.clock.now();
	if (isShortLived(token) || now - token.issuedAt < day)
		throw instagramErrors.tooYoung();
	Object.assign(token, longLife(now));
	return shown(sandbox, token);
}

/** Tokens of the login dialog are good for an hour, exchanged ones for 60 days. */
function isShortLived({ issuedAt, expiresAt }: AccessToken): boolean {
	return expiresAt !== undefined && expiresAt - issuedAt <= 2 * hour;
}

function longLife(now: number) {
	return { issuedAt: now, expiresAt: now + 60 * day };
}

/**
 * The long-lived token that exists for the same account and the same
 * permissions, so that it still works when the sandbox is started again.
 */
function longLivedToken(
	{ state, world }: Sandbox,
	{ accountId, scopes }: AccessToken,
): AccessToken {
	const now = world.clock.now();
	const known = state.tokens.find(
		(token) =>
			token.accountId === accountId &&
			!isShortLived(token) &&
			(token.expiresAt ?? now + 1) > now &&
			String(token.scopes) === String(scopes),
	);
	if (known) return known;
	const token: AccessToken = {
		value: newTokenValue({ world }, "IGAA"),
		...longLife(now),
		...(accountId !== undefined && { accountId }),
		...(scopes && { scopes }),
	};
	state.tokens.push(token);
	return token;
}

function requireGrant(call: GraphCall, grant: string): void {
	const given = needParameter(call, "grant_type");
	if (given !== grant) throw graphErrors.notOneOf("grant_type", [grant], given);
}

function shown({ state, world }: Sandbox, token: AccessToken) {
	const left = (token.expiresAt as number) - world.clock.now();
	return {
		access_token: token.value,
		token_type: "bearer",
		expires_in: unixSeconds(left),
		permissions: scopesOf(state, token).join(","),
	};
}
