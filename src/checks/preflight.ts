import { IgwhError } from "../igwh-error.ts";
import type {
	Baseline,
	Check,
	Exchange,
	ResponseAnswer,
	Setup,
} from "./check.ts";
import { groupOf } from "./check.ts";
import type { Diagnosis } from "./diagnosis.ts";
import {
	findOptionalHeader,
	findRequiredHeader,
} from "./find-signature-header.ts";
import { fixes } from "./fix.ts";
import { mention, message } from "./payloads.ts";
import { delivery, handshake, otherToken } from "./probes.ts";
import { isAccepted } from "./read-answer.ts";
import { type ProbeWorld, sendProbe } from "./send-probe.ts";
import { findWrongAddress, hasNoRoute } from "./wrong-address.ts";

/** What the first requests show, before any check runs. */
export interface Preflight {
	handshake: Exchange;
	/** Left out where no check sends deliveries. */
	delivery?: Exchange;
	baseline: Baseline;
	diagnosis: Diagnosis;
}

/**
 * Sends a correct handshake, a well-signed delivery, and one of each that must be
 * refused: how the receiver answers these decides what its other answers mean.
 * @throws IgwhError `network` where nothing listens
 */
export async function runPreflight(
	checks: readonly Check[],
	setup: Setup,
	world: ProbeWorld,
): Promise<Preflight> {
	const send = (probe: Parameters<typeof sendProbe>[0]) =>
		sendProbe(probe, setup, world);
	const first = await send(handshake(setup, { what: "a handshake" }));
	const { answer } = first;
	if (answer.kind === "none" && answer.reason === "certificate")
		return preflightOf(first, { untrusted: true });
	if (world.interrupt.aborted) return preflightOf(first, {});
	if (answer.kind === "none" && answer.reason !== "timeout")
		throw new IgwhError(
			"network",
			`there is no receiver to verify: ${answer.message}`,
			"start it first, and check the URL and its port",
		);
	const sendsDeliveries = checks.some(
		(check) => groupOf(check) !== "handshake",
	);
	const deliveryExchange = sendsDeliveries
		? await send(delivery(setup, "a mention", mention(setup, 0)))
		: undefined;
	const stop = reasonToStop(setup, first, deliveryExchange);
	if (stop) return preflightOf(first, { stop }, deliveryExchange);
	const preflight = preflightOf(first, {}, deliveryExchange);
	await readHandshakes(preflight, setup, send);
	if (deliveryExchange) await readDeliveries(preflight, setup, send);
	return preflight;
}

type Send = (probe: Exchange["probe"]) => Promise<Exchange>;

function preflightOf(
	first: Exchange,
	diagnosis: Diagnosis,
	deliveryExchange?: Exchange,
): Preflight {
	return {
		handshake: first,
		...(deliveryExchange && { delivery: deliveryExchange }),
		baseline: {},
		diagnosis,
	};
}

/** Why no check could learn anything. */
function reasonToStop(
	{ url, timeoutMs }: Setup,
	{ answer, probe: { challenge = "" } }: Exchange,
	deliveryExchange: Exchange | undefined,
): Diagnosis["stop"] {
	const second = deliveryExchange?.answer;
	if (answer.kind === "response")
		return second?.kind === "none"
			? undefined
			: findWrongAddress(url, { ...answer, challenge }, second);
	if (second?.kind !== "none") return undefined;
	return {
		id: "no-answer",
		text: `neither a handshake nor a delivery is answered within ${timeoutMs / 1000} s`,
		fix: fixes.answerFirst,
	};
}

async function readHandshakes(
	{ handshake: { answer, probe }, baseline }: Preflight,
	setup: Setup,
	send: Send,
): Promise<void> {
	const isAnswered =
		answer.kind === "response" &&
		answer.status < 300 &&
		answer.text.includes(probe.challenge as string);
	if (!isAnswered) return;
	baseline.answeredHandshake = true;
	const wrong = { what: "a handshake", token: otherToken };
	const refused = await send(handshake(setup, wrong));
	baseline.refusedHandshake = responseOf(refused);
}

async function readDeliveries(
	preflight: Preflight,
	setup: Setup,
	send: Send,
): Promise<void> {
	const { baseline, diagnosis } = preflight;
	const { answer } = preflight.delivery as Exchange;
	if (answer.kind === "none" && answer.reason === "timeout") {
		diagnosis.slowDeliveries = true;
		return;
	}
	diagnosis.hasDeliveryRoute =
		answer.kind === "response" && !hasNoRoute(answer.status);
	baseline.accepted = isAccepted(answer)
		? answer
		: await acceptedMessage(setup, send);
	if (baseline.accepted) {
		const other = { ...setup, secret: `not ${setup.secret}` };
		const wrong = delivery(other, "a mention", mention(setup, 2));
		baseline.refusedDelivery = responseOf(await send(wrong));
		diagnosis.signatureHeader = await findOptionalHeader(setup, send);
	} else if (answer.kind === "response" && mayBeRefusal(answer))
		diagnosis.signatureHeader = await findRequiredHeader(
			setup,
			answer.text,
			send,
		);
}

/** Some receivers let only one of Meta's two encodings pass. */
async function acceptedMessage(
	setup: Setup,
	send: Send,
): Promise<ResponseAnswer | undefined> {
	const probe = delivery(setup, "a message", message(setup, 5, "hello"));
	const { answer } = await send(probe);
	return isAccepted(answer) ? answer : undefined;
}

function mayBeRefusal({ status }: ResponseAnswer): boolean {
	return status < 300 || [400, 401, 403].includes(status) || status >= 500;
}

function responseOf({ answer }: Exchange): ResponseAnswer | undefined {
	return answer.kind === "response" ? answer : undefined;
}
