import { createHmac } from "node:crypto";
import type { Sandbox } from "../context.ts";
import type { AccessToken, Account } from "../simulation/state.ts";
import type { GraphCall } from "./graph-call.ts";
import { graphErrors } from "./graph-error.ts";
import { instagramErrors } from "./instagram-error.ts";
import {
	findToken,
	requireUnexpired,
	scopesOf,
	type Viewer,
} from "./viewer.ts";

type InstagramViewer = Extract<Viewer, { kind: "instagram" }>;

/**
 * The account whose token a call to graph.instagram.com carries. A proof is not
 * needed there; one that is sent must be right.
 * @throws GraphError
 */
export function instagramViewer(
	sandbox: Sandbox,
	call: GraphCall,
): InstagramViewer {
	const token = instagramToken(sandbox, call);
	const proof = call.parameters.get("appsecret_proof");
	const { instagramAppSecret } = sandbox.state.app;
	if (
		proof !== undefined &&
		proof !==
			createHmac("sha256", instagramAppSecret).update(token.value).digest("hex")
	)
		throw graphErrors.invalidProof();
	return {
		kind: "instagram",
		account: accountOfToken(sandbox, token),
		permissions: new Set(scopesOf(sandbox.state, token)),
	};
}

/** @throws GraphError 190 where the call has no good token of Instagram Login */
export function instagramToken(
	{ state, world }: Sandbox,
	call: GraphCall,
): AccessToken {
	if (call.token === undefined) throw instagramErrors.noToken();
	const token = findToken(state, call.token);
	if (token?.accountId === undefined) throw graphErrors.unparsableToken();
	requireUnexpired(token, world.clock.now());
	return token;
}

function accountOfToken({ state }: Sandbox, token: AccessToken): Account {
	const account = state.accounts.get(token.accountId ?? "");
	if (!account) throw graphErrors.unparsableToken();
	return account;
}
