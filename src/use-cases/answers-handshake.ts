import { bodyText } from "../http.ts";
import { handshakeUrl } from "../webhook/handshake.ts";
import { handshakeHeaders } from "../webhook/meta-request.ts";
import { UnreachableError, type World } from "../world.ts";

/** People see Meta wait 5 to 10 s (meta-platform §1.2). */
const timeoutMs = 10_000;

/**
 * Does a callback URL answer Meta's handshake with this verify token?
 * @returns why not; nothing where it does
 */
export async function answersHandshake(
	callbackUrl: string,
	verifyToken: string,
	{ network, randomBytes }: Pick<World, "network" | "randomBytes">,
): Promise<string | undefined> {
	const challenge = String(
		1_000_000_000 +
			(Buffer.from(randomBytes(4)).readUInt32BE() % 1_000_000_000),
	);
	try {
		const answer = await network.send({
			method: "GET",
			url: handshakeUrl(callbackUrl, verifyToken, challenge),
			headers: handshakeHeaders,
			body: Buffer.from(""),
			timeoutMs,
		});
		if (answer.status !== 200)
			return `it answers the handshake with ${answer.status}`;
		return bodyText(answer) === challenge
			? undefined
			: "it does not answer the handshake with the bare challenge";
	} catch (error) {
		if (error instanceof UnreachableError) return error.message;
		throw error;
	}
}
