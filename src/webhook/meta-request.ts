import type { HeaderList } from "../http.ts";
import { sign, signatureHeaders } from "./signature.ts";
import type { WireStyle } from "./wire-encoding.ts";

/** The User-Agents Meta is seen with (README: Handshake, README: Headers). */
export const userAgents = {
	handshake: "facebookplatform/1.0 (+http://developers.facebook.com)",
	changes: "Webhooks/1.0 (https://fb.me/webhooks)",
	messaging: "facebookexternalua",
} as const;

export const handshakeHeaders: HeaderList = [
	["User-Agent", userAgents.handshake],
	["Accept", "*/*"],
	["Accept-Encoding", "deflate, gzip"],
];

/** The headers of a delivery as Meta sends it, signed both ways. */
export function deliveryHeaders(
	body: Uint8Array,
	style: WireStyle,
	secret: string,
): HeaderList {
	return [
		["User-Agent", userAgents[style]],
		["Accept", "*/*"],
		["Accept-Encoding", "deflate, gzip"],
		["Content-Type", "application/json"],
		[signatureHeaders.sha1, sign(body, secret, "sha1")],
		[signatureHeaders.sha256, sign(body, secret, "sha256")],
	];
}
