import type { HeaderList } from "../http.ts";
import { hubUrl } from "../webhook/handshake.ts";
import { deliveryHeaders, handshakeHeaders } from "../webhook/meta-request.ts";
import { signatureHeaders } from "../webhook/signature.ts";
import {
	type WireStyle,
	wireBytes,
	wireStyleOf,
} from "../webhook/wire-encoding.ts";
import type { Probe, Setup } from "./check.ts";

/** A verify token that no receiver uses. */
export const otherToken = "not-the-verify-token";

export interface HandshakeParts {
	what: string;
	challenge?: string;
	/** `null` omits the parameter. */
	mode?: string | null;
	token?: string | null;
	/** Replaces the callback URL. */
	url?: string;
}

export const plainChallenge = "1158201444";

/** The GET with which Meta verifies a callback URL, or a variation of it. */
export function handshake(setup: Setup, parts: HandshakeParts): Probe {
	const { what, challenge = plainChallenge, url = setup.url } = parts;
	const { mode = "subscribe", token = setup.verifyToken } = parts;
	return {
		what,
		method: "GET",
		url: hubUrl(url, { mode, challenge, token }),
		headers: handshakeHeaders,
		body: new Uint8Array(),
		challenge,
	};
}

/** A delivery as Meta sends it, with its encoding, headers and signatures. */
export function delivery(setup: Setup, what: string, payload: unknown): Probe {
	const style = wireStyleOf(payload);
	const body = wireBytes(JSON.stringify(payload), style);
	return signedBytes(setup, what, { body, style });
}

/** Any bytes, correctly signed. */
export function signedBytes(
	setup: Setup,
	what: string,
	{ body, style = "changes" }: { body: Uint8Array; style?: WireStyle },
): Probe {
	return {
		what,
		method: "POST",
		url: setup.url,
		headers: deliveryHeaders(body, style, setup.secret),
		body,
	};
}

/** The delivery with these signatures instead of its own. */
export function signedAs(
	probe: Probe,
	what: string,
	signatures: HeaderList,
): Probe {
	const names: string[] = Object.values(signatureHeaders);
	const others = probe.headers.filter(([name]) => !names.includes(name));
	return { ...probe, what, headers: [...others, ...signatures] };
}

/** `X-Hub-Signature-256` alone, once for each value. */
export function sha256Headers(...values: string[]): HeaderList {
	return values.map((value) => [signatureHeaders.sha256, value] as const);
}
