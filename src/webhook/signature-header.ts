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

/** A signature as a request carries it. */
export interface CarriedSignature {
	algorithm: Algorithm;
	/** The algorithm, `=` and lowercase hex digits. */
	value: string;
}

/**
 * The signature to check, in the form Meta gives it, or why there is none.
 * SHA-1 counts only where SHA-256 was not sent.
 */
export function readSignature(
	headers: HeaderList,
): CarriedSignature | (Verdict & { valid: false }) {
	for (const algorithm of ["sha256", "sha1"] as const) {
		const name = signatureHeaders[algorithm];
		const values = headerValues(headers, name);
		if (values.length > 1)
			return { valid: false, algorithm, reason: `${name} was sent twice` };
		const [value] = values;
		if (value === undefined) continue;
		return forms[algorithm].test(value)
			? { algorithm, value }
			: { valid: false, algorithm, reason: malformed(algorithm) };
	}
	return { valid: false, reason: `no ${signatureHeaders.sha256} header` };
}

const hexLength: Record<Algorithm, number> = { sha256: 64, sha1: 40 };
const forms: Record<Algorithm, RegExp> = {
	sha256: /^sha256=[0-9a-f]{64}$/,
	sha1: /^sha1=[0-9a-f]{40}$/,
};

function malformed(algorithm: Algorithm): string {
	return `${signatureHeaders[algorithm]} is not ${algorithm}= and ${hexLength[algorithm]} lowercase hex digits`;
}

/** What a check against every secret came to. */
export function signatureVerdict(
	algorithm: Algorithm,
	secrets: readonly SigningSecret[],
	matched: string | undefined,
): Verdict {
	if (matched !== undefined) return { valid: true, algorithm, secret: matched };
	return { valid: false, algorithm, reason: mismatch(secrets) };
}

function mismatch(secrets: readonly SigningSecret[]): string {
	const [only, ...others] = secrets;
	if (!only) return "no app secret to check it with";
	const secret =
		others.length === 0
			? `does not match the ${only.name}`
			: `matches ${others.length === 1 ? "neither configured secret" : "none of the configured secrets"}`;
	return `Signature ${secret}: wrong secret, or body altered`;
}
