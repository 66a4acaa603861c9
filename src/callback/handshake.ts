import { probe } from "../probe.ts";
import { responseText } from "../response-text.ts";
import { handshakeUrl } from "../webhook/handshake.ts";
import { handshakeHeaders } from "../webhook/meta-request.ts";
import { UnreachableError, type World } from "../world.ts";

export interface HandshakeInput {
	callbackUrl: string;
	verifyToken: string;
	/** Decimal digits, as Meta sends them. */
	challenge: string;
	timeoutMs: number;
	signal?: AbortSignal;
}

/** Why a callback URL fails Meta's handshake. */
export type HandshakeFailure =
	| { kind: "unreachable"; error: UnreachableError }
	| { kind: "status"; status: number; received: string }
	| { kind: "body"; received: string };

/**
 * Verifies a callback URL as Meta does: a GET whose answer must be 200 with the
 * bare challenge as its body (webhook/README: Handshake). Redirects are failures.
 * @returns nothing where the callback passes
 */
export async function performHandshake(
	{ callbackUrl, verifyToken, challenge, timeoutMs, signal }: HandshakeInput,
	network: Pick<World["network"], "send">,
): Promise<HandshakeFailure | undefined> {
	const answer = await probe(
		handshakeUrl(callbackUrl, verifyToken, challenge),
		network,
		{ timeoutMs, headers: handshakeHeaders, signal },
	);
	if (answer instanceof UnreachableError)
		return { kind: "unreachable", error: answer };
	const received = responseText(answer);
	if (answer.status !== 200)
		return { kind: "status", status: answer.status, received };
	return received === challenge ? undefined : { kind: "body", received };
}

/** Ten digits. */
export function newChallenge(randomBytes: World["randomBytes"]): string {
	const drawn = Buffer.from(randomBytes(4)).readUInt32BE();
	return String(1_000_000_000 + (drawn % 1_000_000_000));
}

/** People see Meta wait 5 to 10 s (webhook/README: Handshake). */
export const handshakeTimeoutMs = 10_000;

/**
 * Whether a callback URL passes the handshake with a verify token.
 * @returns why not; nothing where it does
 */
export async function handshakeProblem(
	callbackUrl: string,
	verifyToken: string,
	{ network, randomBytes }: Pick<World, "network" | "randomBytes">,
): Promise<string | undefined> {
	const challenge = newChallenge(randomBytes);
	const failure = await performHandshake(
		{
			callbackUrl,
			verifyToken,
			challenge,
			timeoutMs: handshakeTimeoutMs,
		},
		network,
	);
	switch (failure?.kind) {
		case undefined:
			return undefined;
		case "unreachable":
			return failure.error.message;
		case "status":
			return `it answers the handshake with ${failure.status}`;
		case "body":
			return "it does not answer the handshake with the bare challenge";
	}
}
