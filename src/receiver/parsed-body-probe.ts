import { bodyText, type HttpRequest } from "../http.ts";
import {
	type SigningSecret,
	sign,
	signatureHeaders,
	type Verdict,
} from "../webhook/signature.ts";

/** The request that shows the most common fault of a receiver. */
export interface ParsedBodyProbe {
	/** Serializing the parsed body gives other bytes. */
	differs: boolean;
	/** The same bytes, signed as an app expects that verifies the serialized body. */
	request: HttpRequest;
}

/**
 * Tests whether an app that refused a delivery verifies the signature over
 * `JSON.stringify(JSON.parse(body))` instead of the raw bytes: Meta's spaces and
 * escapes do not survive that. Nothing where the body is not JSON.
 */
export function parsedBodyProbe(
	request: HttpRequest,
	verdict: Verdict,
	secrets: readonly SigningSecret[],
): ParsedBodyProbe | undefined {
	const secret = secrets.find(({ name }) => name === verdict.secret);
	const serialized = serializedAgain(bodyText(request));
	if (!secret || serialized === undefined) return undefined;
	const signed = (algorithm: "sha256" | "sha1") =>
		sign(Buffer.from(serialized), secret.value, algorithm);
	return {
		differs: serialized !== bodyText(request),
		request: {
			...request,
			headers: request.headers.map(([name, value]) => {
				const key = name.toLowerCase();
				if (key === signatureHeaders.sha256.toLowerCase())
					return [name, signed("sha256")];
				if (key === signatureHeaders.sha1.toLowerCase())
					return [name, signed("sha1")];
				return [name, value];
			}),
		},
	};
}

function serializedAgain(text: string): string | undefined {
	try {
		return JSON.stringify(JSON.parse(text));
	} catch {
		return undefined;
	}
}
