import type { HttpRequest } from "../http.ts";
import type { NewDelivery } from "../store/deliveries.ts";
import { isSuccess } from "../webhook/meta-retries.ts";
import type { SigningSecret } from "../webhook/signature.ts";
import type { World } from "../world.ts";
import { type ForwardOptions, forward } from "./forward.ts";
import { parsedBodyProbe } from "./parsed-body-probe.ts";

/** A delivery as it was forwarded to an app, and the status of the app's answer. */
export interface Answered {
	delivery: NewDelivery;
	request: HttpRequest;
	forwarding: ForwardOptions;
	status: number;
}

/**
 * Finds out why an app refuses the signature of deliveries that are correctly
 * signed: once for each app, until it accepts one.
 * @returns gives the hint to an answer; nothing where there is none
 */
export function refusalHints(
	secrets: readonly SigningSecret[],
	world: Pick<World, "network" | "clock">,
): (answered: Answered) => Promise<string | undefined> {
	const hintOf = new Map<string, string | undefined>();
	return async (answered) => {
		const { href } = answered.forwarding.url;
		if (!isRefusal(answered)) hintOf.delete(href);
		else if (!hintOf.has(href))
			hintOf.set(href, await diagnose(answered, secrets, world));
		return hintOf.get(href);
	};
}

function isRefusal({ status, delivery }: Answered): boolean {
	return refusals.has(status) && delivery.verdict.valid;
}

async function diagnose(
	{ delivery, request, forwarding, status }: Answered,
	secrets: readonly SigningSecret[],
	world: Pick<World, "network" | "clock">,
): Promise<string | undefined> {
	const probe = parsedBodyProbe(request, delivery.verdict, secrets);
	if (!probe) return undefined;
	// A 400 may be about anything.
	if (!probe.differs) return status === 400 ? undefined : hints.sameBytes;
	const isAccepted = async (request: HttpRequest) =>
		isSuccess((await forward(request, forwarding, world)).response.status);
	if (!(await isAccepted(probe.request))) return undefined;
	// The app may refuse only now and then: the signature is the cause where it refuses the same again.
	return (await isAccepted(request)) ? undefined : hints.parsed;
}

/** What an app answers that refuses the signature. */
const refusals = new Set([400, 401, 403]);

const hints = {
	parsed:
		"your app verifies a parsed body: it accepted the same bytes signed over JSON.stringify(JSON.parse(body)). Verify the raw bytes instead",
	sameBytes:
		"the signature is over the raw bytes, and parsing does not change them; does your app use the same app secret?",
};
