import { sign, signatureHeaders } from "../webhook/signature.ts";
import type { Exchange, Probe, Setup } from "./check.ts";
import { mention } from "./payloads.ts";
import { delivery, signedAs } from "./probes.ts";
import { isAccepted } from "./read-answer.ts";

/** Headers in which other platforms send a signature, and which middleware is written for. */
const otherHeaders = [
	signatureHeaders.sha1,
	"X-Signature-256",
	"X-Signature",
	"X-Webhook-Signature",
];

type Send = (probe: Probe) => Promise<Exchange>;

/**
 * For a receiver that refuses a well-signed delivery: the header it reads instead
 * of X-Hub-Signature-256, found by sending the signature in others until it accepts.
 * @param said the text of the refusal, which may name the header
 */
export async function findRequiredHeader(
	setup: Setup,
	said: string,
	send: Send,
): Promise<string | undefined> {
	for (const [index, header] of headersToTry(said).entries()) {
		const good = delivery(setup, "a mention", mention(setup, 500 + 2 * index));
		const signature = sign(good.body, setup.secret);
		const probe = signedAs(good, "", [[header, signature]]);
		if (isAccepted((await send(probe)).answer)) return header;
	}
	return undefined;
}

/**
 * For a receiver that accepts a wrong X-Hub-Signature-256: the header it reads
 * instead, found by sending a wrong signature in others until it refuses.
 */
export async function findOptionalHeader(
	setup: Setup,
	send: Send,
): Promise<string | undefined> {
	const isRefused = async (number: number, header: string, value: string) => {
		const good = delivery(setup, "a mention", mention(setup, number));
		const probe = signedAs(good, "", [[header, value]]);
		return !isAccepted((await send(probe)).answer);
	};
	if (await isRefused(520, signatureHeaders.sha256, wrong("sha256")))
		return undefined;
	for (const [index, header] of otherHeaders.entries()) {
		const algorithm = header === signatureHeaders.sha1 ? "sha1" : "sha256";
		if (await isRefused(522 + 2 * index, header, wrong(algorithm)))
			return header;
	}
	return undefined;
}

/** Those named in the refusal first, such as `missing X-Acme-Signature`. */
function headersToTry(said: string): string[] {
	const named = said.match(/\bx-[\w-]*signature[\w-]*/gi) ?? [];
	const tried = [...named, ...otherHeaders].filter(
		(name) => name.toLowerCase() !== signatureHeaders.sha256.toLowerCase(),
	);
	return [...new Set(tried)].slice(0, 8);
}

function wrong(algorithm: "sha1" | "sha256"): string {
	return `${algorithm}=${"0".repeat(algorithm === "sha1" ? 40 : 64)}`;
}
