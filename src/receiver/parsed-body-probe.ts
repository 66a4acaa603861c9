import { bodyText, type HttpRequest } from "../http.ts";
import {
	type SigningSecret,
	sign,
	signatureHeaders,
	type Verdict,
} from "../webhook/signature.ts";

/** What the commonest slip of a receiver would make of a delivery. */
export interface ParsedBodyProbe {
	/** Printing the parsed body again gives other bytes. */
	differs: boolean;
	/** The same bytes, signed as an app expects that checks the printed-again body. */
	request: HttpRequest;
}

/**
 * The question behind a refused delivery: does the app check the signature over
 * `JSON.stringify(JSON.parse(body))` instead of the bytes? Meta's spaces and
 * escapes never survive that. Nothing where the body is not JSON.
 */
export function parsedBodyProbe(
	request: HttpRequest,
	verdict: Verdict,
	secrets: readonly SigningSecret[],
): ParsedBodyProbe | undefined {
	const secret = secrets.find(({ name }) => name === verdict.secret);
	const printed = printedAgain(bodyText(request));
	if (!secret || printed === undefined) return undefined;
	const signed = (algorithm: "sha256" | "sha1") =>
		sign(Buffer.from(printed), secret.value, algorithm);
	return {
		differs: printed !== bodyText(request),
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

function printedAgain(text: string): string | undefined {
	try {
		return JSON.stringify(JSON.parse(text));
	} catch {
		return undefined;
	}
}
