import type { HeaderList } from "../http.ts";
import { deliveryHeaders } from "../webhook/meta-request.ts";
import { signatureHeaders } from "../webhook/signature.ts";
import type { WireStyle } from "../webhook/wire-encoding.ts";
import type { Signing, Tamper } from "./variants.ts";

interface Signed {
	body: Uint8Array;
	headers: HeaderList;
}

/** Meta's headers, with both signatures or with missing or wrong ones. */
export function damagedHeaders(
	body: Uint8Array,
	style: WireStyle,
	{ sign: how = "both", secret }: { sign: Signing | undefined; secret: string },
): HeaderList {
	const key = how === "wrong" ? `not ${secret}` : secret;
	const headers = deliveryHeaders(body, style, key);
	if (how === "none")
		return headers.filter(([name]) => !/^x-hub-signature/i.test(name));
	if (how === "sha1")
		return headers.filter(([name]) => name !== signatureHeaders.sha256);
	return headers;
}

/** Changes a byte after signing, as a change in transit would. */
export function tampered(
	{ body, headers }: Signed,
	tamper: Tamper | undefined,
): Signed {
	if (tamper === "body")
		return { headers, body: Buffer.concat([body, Buffer.from(" ")]) };
	if (tamper === "signature")
		return {
			headers: headers.map(
				([name, value]) =>
					[
						name,
						value.replace(
							/^(sha\d+=)(.)/,
							(_, prefix, digit) => `${prefix}${digit === "0" ? "1" : "0"}`,
						),
					] as const,
			),
			body,
		};
	return { body, headers };
}
