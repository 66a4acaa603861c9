import {
	type HandshakeFailure,
	performHandshake,
} from "../../callback/handshake.ts";
import type { UnreachableError } from "../../world.ts";
import { type GraphError, graphErrors } from "../api/graph-error.ts";
import type { Sandbox } from "../context.ts";
import { shownUrl } from "../log.ts";
import { randomDigits } from "../new-id.ts";

/** How long Meta waits is not documented; people see 5 to 10 s (README: Handshake). */
export const handshakeTimeoutMs = 5000;

/**
 * Verifies a callback URL as Meta does: a GET whose answer must be 200 with the
 * bare challenge as its body. Redirects are failures.
 * @throws GraphError 2200 or 2201
 */
export async function verifyCallback(
	sandbox: Sandbox,
	{ callbackUrl, verifyToken }: { callbackUrl: string; verifyToken: string },
): Promise<void> {
	const challenge = `1${randomDigits(sandbox.world.randomBytes, 9)}`;
	const url = shownUrl(callbackUrl);
	const failure = await performHandshake(
		{
			callbackUrl,
			verifyToken,
			challenge,
			timeoutMs: handshakeTimeoutMs,
			signal: sandbox.closed,
		},
		sandbox.world.network,
	);
	if (!failure) return sandbox.log({ type: "handshake", url, ok: true });
	const error = refusal(failure, challenge);
	sandbox.log({ type: "handshake", url, ok: false, reason: error.message });
	throw error;
}

function refusal(failure: HandshakeFailure, challenge: string): GraphError {
	switch (failure.kind) {
		case "unreachable":
			return unreachable(failure.error);
		case "status":
			return graphErrors.callbackStatus(failure.status);
		case "body":
			return graphErrors.wrongChallenge(challenge, failure.received);
	}
}

/** Meta reports what its curl says (README: Handshake). */
function unreachable({ kind, message }: UnreachableError): GraphError {
	if (kind === "timeout")
		return graphErrors.callbackUnreachable(28, "Operation timed out");
	if (kind === "refused")
		return graphErrors.callbackUnreachable(7, "Couldn't connect to server");
	const code = /ENOTFOUND|EAI_AGAIN/.test(message)
		? 6
		: /certificate|altname/i.test(message)
			? 60
			: 56;
	return graphErrors.callbackUnreachable(code, message);
}
