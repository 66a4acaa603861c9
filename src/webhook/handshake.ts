export type HandshakeVerdict =
	| { ok: true; challenge: string }
	| { ok: false; reason: string };

/**
 * Decides on the GET with which Meta verifies a callback URL. The challenge is
 * text, given back byte for byte: its digits may have leading zeros.
 */
export function answerHandshake(
	query: URLSearchParams,
	verifyToken: string,
): HandshakeVerdict {
	const mode = query.get("hub.mode");
	const token = query.get("hub.verify_token");
	const challenge = query.get("hub.challenge");
	if (mode !== "subscribe")
		return {
			ok: false,
			reason: mode === null ? "no hub.mode" : "hub.mode is not subscribe",
		};
	if (token === null) return { ok: false, reason: "no hub.verify_token" };
	if (!sameText(token, verifyToken))
		return { ok: false, reason: "hub.verify_token is not the verify token" };
	if (!challenge) return { ok: false, reason: "no hub.challenge" };
	return { ok: true, challenge };
}

/** The target of Meta's handshake; a callback URL's own query stays in front. */
export function handshakeUrl(
	callbackUrl: string,
	verifyToken: string,
	challenge: string,
): string {
	return hubUrl(callbackUrl, {
		mode: "subscribe",
		challenge,
		token: verifyToken,
	});
}

/** The same of any parts, in Meta's order; `null` leaves one out. */
export function hubUrl(
	callbackUrl: string,
	parts: {
		mode: string | null;
		challenge: string | null;
		token: string | null;
	},
): string {
	const hub = [
		["hub.mode", parts.mode],
		["hub.challenge", parts.challenge],
		["hub.verify_token", parts.token],
	]
		.filter(([, value]) => value !== null)
		.map(([name, value]) => `${name}=${encodeURIComponent(value as string)}`)
		.join("&");
	return `${callbackUrl}${callbackUrl.includes("?") ? "&" : "?"}${hub}`;
}

/** Compares without telling, by its time, how much was right; without a crypto library, which not every runtime has. */
function sameText(given: string, expected: string): boolean {
	let difference = given.length ^ expected.length;
	for (let at = 0; at < given.length; at++)
		difference |=
			given.charCodeAt(at) ^ expected.charCodeAt(at % expected.length);
	return difference === 0;
}
