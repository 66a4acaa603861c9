import { createHmac, timingSafeEqual } from "node:crypto";
import type { HeaderList } from "../http.ts";
import {
	type Algorithm,
	readSignature,
	type SigningSecret,
	signatureVerdict,
	type Verdict,
} from "./signature-header.ts";

export {
	type Algorithm,
	type SigningSecret,
	signatureHeaders,
	type Verdict,
} from "./signature-header.ts";

/**
 * The value of a signature header for a body: `sha256=` and lowercase hex.
 * HMAC over the exact bytes on the wire (README: Signature): the "escaped unicode"
 * form of Meta's documents is what is already on the wire.
 */
export function sign(
	body: Uint8Array,
	secret: string,
	algorithm: Algorithm = "sha256",
): string {
	return `${algorithm}=${createHmac(algorithm, secret).update(body).digest("hex")}`;
}

/** Checks a delivery's signature against every secret, in constant time. */
export function verifySignature(
	body: Uint8Array,
	headers: HeaderList,
	secrets: readonly SigningSecret[],
): Verdict {
	const carried = readSignature(headers);
	if ("valid" in carried) return carried;
	const { algorithm, value } = carried;
	const received = Buffer.from(value);
	let matched: string | undefined;
	for (const secret of secrets) {
		const expected = Buffer.from(sign(body, secret.value, algorithm));
		if (timingSafeEqual(expected, received)) matched ??= secret.name;
	}
	return signatureVerdict(algorithm, secrets, matched);
}
