import type { Sandbox } from "../../context.ts";
import { unixSeconds } from "../../graph-time.ts";
import { newTokenValue } from "../../new-id.ts";
import type { AccessToken } from "../../simulation/state.ts";
import { type GraphCall, needParameter } from "../graph-call.ts";
import { graphErrors } from "../graph-error.ts";
import { instagramErrors } from "../instagram-error.ts";
import { instagramToken } from "../instagram-viewer.ts";
import { scopesOf } from "../viewer.ts";

const hour = 3_600_000;
const day = 24 * hour;

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
