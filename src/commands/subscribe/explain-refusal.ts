import {
	handshakeTimeoutMs,
	newChallenge,
	performHandshake,
} from "../../callback/handshake.ts";
import { GraphRefusal } from "../../graph/graph-error.ts";
import { IgwhError } from "../../igwh-error.ts";
import type { World } from "../../world.ts";

/**
 * Why Meta refused a callback: what the endpoint really answers, asked as Meta
 * asks. Every other error stays as it is.
 */
export async function explainRefusal(
	error: IgwhError,
	{ callbackUrl, verifyToken }: { callbackUrl: string; verifyToken: string },
	{ world }: { world: Pick<World, "network" | "randomBytes"> },
): Promise<IgwhError> {
	if (!(error instanceof GraphRefusal)) return error;
	if (error.graphCode !== 2200 && error.graphCode !== 2201) return error;
	const challenge = newChallenge(world.randomBytes);
	const failure = await performHandshake(
		{ callbackUrl, verifyToken, challenge, timeoutMs: handshakeTimeoutMs },
		world.network,
	);
	return new IgwhError(
		error.code,
		`${error.message}\n  asked from this machine as Meta asks, ${answerOf(failure)}`,
		failure
			? `${error.hint}; more checks: igwh verify ${callbackUrl}`
			: "let Meta through the firewall or bot protection in front of it, and check the certificate's chain: igwh doctor --only callback",
		{ cause: error },
	);
}

function answerOf(failure: Awaited<ReturnType<typeof performHandshake>>) {
	switch (failure?.kind) {
		case undefined:
			return "the callback answers the challenge: Meta reaches another answer than this machine";
		case "unreachable":
			return failure.error.message;
		case "status":
			return `the callback answers ${failure.status}${excerpt(failure.received)}`;
		case "body":
			return `the callback answers 200${excerpt(failure.received) || " without a body"} instead of the bare challenge`;
	}
}

function excerpt(text: string): string {
	const line = text.replace(/\s+/g, " ").trim();
	if (!line) return "";
	return ` "${line.length > 80 ? `${line.slice(0, 80)}…` : line}"`;
}
