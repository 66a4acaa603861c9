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

/** A verify token that is nobody's. */
export const otherToken = "not-the-verify-token";

export interface HandshakeParts {
	what: string;
	challenge?: string;
	/** `null` leaves the parameter out. */
	mode?: string | null;
	token?: string | null;
	/** Instead of the callback URL. */
	url?: string;
}

export const plainChallenge = "1158201444";

/** The GET with which Meta verifies a callback URL, or a wrong one. */
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

/** A delivery as Meta sends it: its encoding, its headers, its signatures. */
export function delivery(setup: Setup, what: string, payload: unknown): Probe {
	const style = wireStyleOf(payload);
	const body = wireBytes(JSON.stringify(payload), style);
	return signedBytes(setup, what, { body, style });
}

/** Any bytes with a good signature. */
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

/** The delivery without any signature but those given. */
export function signedAs(
	probe: Probe,
	what: string,
	signatures: HeaderList,
): Probe {
	const names: string[] = Object.values(signatureHeaders);
	const others = probe.headers.filter(([name]) => !names.includes(name));
	return { ...probe, what, headers: [...others, ...signatures] };
}

/** Only `X-Hub-Signature-256`, with these values one after the other. */
export function sha256Headers(...values: string[]): HeaderList {
	return values.map((value) => [signatureHeaders.sha256, value] as const);
}
