import type { HeaderList } from "../http.ts";
import {
	type Algorithm,
	readSignature,
	type SigningSecret,
	signatureVerdict,
	type Verdict,
} from "../webhook/signature-header.ts";

/** `webhook/signature.ts` in Web Crypto, which every runtime has. */
export async function webSignature(
	body: Uint8Array<ArrayBuffer>,
	secret: string,
	algorithm: Algorithm,
): Promise<string> {
	const key = await hmacKey(secret, algorithm);
	const digest = await crypto.subtle.sign("HMAC", key, body);
	return `${algorithm}=${hex(new Uint8Array(digest))}`;
}

/** Tries every secret, in constant time. */
export async function verifyWebSignature(
	body: Uint8Array<ArrayBuffer>,
	headers: HeaderList,
	secrets: readonly SigningSecret[],
): Promise<Verdict> {
	const carried = readSignature(headers);
	if ("valid" in carried) return carried;
	const { algorithm, value } = carried;
	const received = bytesOfHex(value.slice(algorithm.length + 1));
	let matched: string | undefined;
	for (const secret of secrets) {
		const key = await hmacKey(secret.value, algorithm);
		if (await crypto.subtle.verify("HMAC", key, received, body))
			matched ??= secret.name;
	}
	return signatureVerdict(algorithm, secrets, matched);
}

function hmacKey(secret: string, algorithm: Algorithm) {
	const hash = { sha256: "SHA-256", sha1: "SHA-1" }[algorithm];
	return crypto.subtle.importKey(
		"raw",
		new TextEncoder().encode(secret),
		{ name: "HMAC", hash },
		false,
		["sign", "verify"],
	);
}

function hex(bytes: Uint8Array): string {
	return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bytesOfHex(digits: string): Uint8Array<ArrayBuffer> {
	const pairs = digits.match(/../g) ?? [];
	return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}
