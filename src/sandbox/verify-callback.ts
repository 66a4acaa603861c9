import { bodyText, type HttpResponse } from "../http.ts";
import { handshakeUrl } from "../webhook/handshake.ts";
import { handshakeHeaders } from "../webhook/meta-request.ts";
import { UnreachableError } from "../world.ts";
import { GraphError, graphErrors } from "./graph-error.ts";
import { randomDigits } from "./new-id.ts";
import type { Sandbox } from "./sandbox-context.ts";
import { shownUrl } from "./sandbox-log.ts";

/** How long Meta waits is not documented; people see 5 to 10 s (meta-platform §1.2). */
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
	try {
		checkAnswer(
			await ask(sandbox, handshakeUrl(callbackUrl, verifyToken, challenge)),
			challenge,
		);
	} catch (error) {
		const reason = error instanceof GraphError ? error.message : String(error);
		sandbox.log({ type: "handshake", url, ok: false, reason });
		throw error;
	}
	sandbox.log({ type: "handshake", url, ok: true });
}

async function ask(
	{ world, closed }: Sandbox,
	url: string,
): Promise<HttpResponse> {
	try {
		return await world.network.send({
			method: "GET",
			url,
			headers: handshakeHeaders,
			body: new Uint8Array(),
			timeoutMs: handshakeTimeoutMs,
			signal: closed,
		});
	} catch (error) {
		throw error instanceof UnreachableError ? unreachable(error) : error;
	}
}

function checkAnswer(response: HttpResponse, challenge: string): void {
	if (response.status !== 200)
		throw graphErrors.callbackStatus(response.status);
	const received = bodyText(response);
	if (received !== challenge)
		throw graphErrors.wrongChallenge(challenge, received);
}

/** Meta reports what its curl says (meta-platform §1.3). */
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
