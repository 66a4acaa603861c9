import { createHmac, timingSafeEqual } from "node:crypto";
import { type HttpResponse, textResponse } from "../http.ts";
import { probe, tunnelHeaders } from "../probe.ts";
import { isHealthy } from "../receiver/receiver.ts";
import { responseText } from "../response-text.ts";
import type { Override, Replaced } from "../store/overrides.ts";
import { UnreachableError, type World } from "../world.ts";

/**
 * `listening`: an igwh listener of the same app answers. `absent`: definitely
 * none does. `unknown`: the answer does not show it.
 */
export type Probe =
	| { state: "listening"; replaced: readonly Replaced[] }
	| { state: "absent" }
	| { state: "unknown" };

/** Long enough that a busy listener does not count as ended. */
const timeoutMs = 5000;

const parameter = "igwh.listener";

/**
 * Asks a callback URL whether an igwh listener of this app answers there, and what
 * its override replaced. Question and answer are signed with the app secret:
 * nobody else can read the replaced callback, or forge one.
 */
export async function probeListener(
	callbackUrl: string,
	appSecret: string,
	{ network, randomBytes }: Pick<World, "network" | "randomBytes">,
): Promise<Probe> {
	const nonce = Buffer.from(randomBytes(12)).toString("hex");
	const question = `${nonce}.${proof(appSecret, `question ${nonce}`)}`;
	const separator = callbackUrl.includes("?") ? "&" : "?";
	const answer = await ask(
		`${callbackUrl}${separator}${parameter}=${question}`,
		network,
	);
	if (typeof answer === "string") return { state: answer };
	const [, signature = "", json = ""] =
		responseText(answer).match(/^igwh ([0-9a-f]{64}) (.*)$/s) ?? [];
	const signed = same(signature, proof(appSecret, `answer ${nonce} ${json}`));
	return signed
		? { state: "listening", replaced: JSON.parse(json) }
		: { state: "absent" };
}

/** Answers the probe in a listener; nothing where the request is not one, or not signed. */
export function answerProbe(
	query: URLSearchParams,
	appSecret: string,
	held: () => Override | undefined,
): HttpResponse | undefined {
	const [nonce = "", signature = ""] = query.get(parameter)?.split(".") ?? [];
	if (!same(signature, proof(appSecret, `question ${nonce}`))) return undefined;
	const json = JSON.stringify(held()?.replaced ?? []);
	return textResponse(
		200,
		`igwh ${proof(appSecret, `answer ${nonce} ${json}`)} ${json}`,
	);
}

/**
 * Probes the listener that holds an override, on this machine. Another program on
 * its port proves that it has ended: a listener serves its port until the callback
 * is restored.
 */
export async function probeOwner(
	healthUrl: string,
	{ network }: Pick<World, "network">,
): Promise<Probe["state"]> {
	const answer = await ask(healthUrl, network);
	if (typeof answer === "string") return answer;
	const token = new URL(healthUrl).searchParams.get("igwh.health") ?? "";
	return isHealthy(answer, token) ? "listening" : "absent";
}

async function ask(
	url: string,
	network: World["network"],
): Promise<HttpResponse | "absent" | "unknown"> {
	const answer = await probe(url, network, {
		timeoutMs,
		headers: tunnelHeaders,
	});
	if (!(answer instanceof UnreachableError)) return answer;
	return answer.kind === "refused" ? "absent" : "unknown";
}

function proof(appSecret: string, text: string): string {
	return createHmac("sha256", appSecret)
		.update(`igwh listener ${text}`)
		.digest("hex");
}

function same(a: string, b: string): boolean {
	return (
		a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
	);
}
