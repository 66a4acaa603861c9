import { createHmac, timingSafeEqual } from "node:crypto";
import { type HeaderList, headerValues } from "../http.ts";

export type Algorithm = "sha256" | "sha1";

/** The headers Meta signs with, strongest first. */
export const signatureHeaders: Record<Algorithm, string> = {
	sha256: "X-Hub-Signature-256",
	sha1: "X-Hub-Signature",
};

/** A key a delivery may be signed with; the name is what a verdict reports. */
export interface SigningSecret {
	name: string;
	value: string;
}

export interface Verdict {
	valid: boolean;
	algorithm?: Algorithm;
	/** Name of the secret that matched. */
	secret?: string;
	/** Why it is not valid. */
	reason?: string;
}

/**
 * The value of a signature header for a body: `sha256=` and lowercase hex.
 * HMAC over the exact bytes on the wire (meta-platform: the documents' "escaped
 * unicode" form is what is already on the wire).
 */
export function sign(
	body: Uint8Array,
	secret: string,
	algorithm: Algorithm = "sha256",
): string {
	return `${algorithm}=${createHmac(algorithm, secret).update(body).digest("hex")}`;
}

/**
 * Checks a delivery's signature against every secret, in constant time.
 * SHA-1 counts only where SHA-256 was not sent.
 */
export function verifySignature(
	body: Uint8Array,
	headers: HeaderList,
	secrets: readonly SigningSecret[],
): Verdict {
	for (const algorithm of ["sha256", "sha1"] as const) {
		const name = signatureHeaders[algorithm];
		const values = headerValues(headers, name);
		if (values.length > 1)
			return { valid: false, algorithm, reason: `${name} was sent twice` };
		const [value] = values;
		if (value !== undefined) return check(body, value, algorithm, secrets);
	}
	return {
		valid: false,
		reason: `no ${signatureHeaders.sha256} header`,
	};
}

const hexLength: Record<Algorithm, number> = { sha256: 64, sha1: 40 };
const forms: Record<Algorithm, RegExp> = {
	sha256: /^sha256=[0-9a-f]{64}$/,
	sha1: /^sha1=[0-9a-f]{40}$/,
};

function check(
	body: Uint8Array,
	value: string,
	algorithm: Algorithm,
	secrets: readonly SigningSecret[],
): Verdict {
	if (!forms[algorithm].test(value))
		return {
			valid: false,
			algorithm,
			reason: `${signatureHeaders[algorithm]} is not ${algorithm}= and ${hexLength[algorithm]} lowercase hex digits`,
		};
	if (secrets.length === 0)
		return {
			valid: false,
			algorithm,
			reason: "no app secret to check it with",
		};
	const received = Buffer.from(value);
	let matched: string | undefined;
	for (const secret of secrets) {
		const expected = Buffer.from(sign(body, secret.value, algorithm));
		if (timingSafeEqual(expected, received)) matched ??= secret.name;
	}
	return matched === undefined
		? {
				valid: false,
				algorithm,
				reason: `not made with ${secrets.map(({ name }) => name).join(" or ")}, or the body was changed on the way`,
			}
		: { valid: true, algorithm, secret: matched };
}
