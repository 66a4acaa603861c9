import type { HttpResponse } from "../http.ts";
import { type HeaderList, type HttpRequest, textResponse } from "../http.ts";
import type { Forward, NewDelivery } from "../store/deliveries.ts";
import { parseDelivery } from "../webhook/delivery.ts";
import type { SigningSecret } from "../webhook/signature.ts";
import type { World } from "../world.ts";
import { type Forwarded, type ForwardOptions, forward } from "./forward.ts";
import { parsedBodyProbe } from "./parsed-body-probe.ts";

export interface ForwarderOptions {
	targets: readonly URL[];
	/** Added to what Meta sent. */
	headers: HeaderList;
	insecure: boolean;
	/** Only deliveries with a change of these; all where empty. */
	fields: readonly string[];
	accounts: readonly string[];
	/** Those with an invalid signature too. */
	unverified: boolean;
	secrets: readonly SigningSecret[];
}

export interface Forwarder {
	/** Whether a delivery is to be forwarded. */
	wants(delivery: NewDelivery): boolean;
	/** Forwards it to every target at once; Meta gets the first failure, or the first answer. */
	delivery(
		delivery: NewDelivery,
		request: HttpRequest,
	): Promise<{ response: HttpResponse; forwards: Forward[] }>;
	/** Lets the first target answer Meta's handshake. */
	handshake(request: HttpRequest): Promise<HttpResponse>;
}

/** Forwards what Meta sends to the user's apps. */
export function createForwarder(
	options: ForwarderOptions,
	world: Pick<World, "network" | "clock">,
): Forwarder {
	const { targets, headers, insecure, fields, accounts, unverified } = options;
	const probed = new Map<string, string | undefined>();
	const among = (names: readonly string[], name: string) =>
		names.length === 0 || names.includes(name);

	const send = async (
		url: URL,
		delivery: NewDelivery,
		request: HttpRequest,
	): Promise<Forwarded> => {
		const forwarding = { url, headers, insecure };
		const forwarded = await forward(request, forwarding, world);
		const { status } = forwarded.response;
		if (!refusals.has(status) || !delivery.verdict.valid) {
			probed.delete(url.href);
			return forwarded;
		}
		if (!probed.has(url.href))
			probed.set(
				url.href,
				await diagnose(status, request, delivery, forwarding),
			);
		const hint = probed.get(url.href) ?? forwarded.forward.hint;
		return {
			...forwarded,
			forward: { ...forwarded.forward, ...(hint && { hint }) },
		};
	};

	const diagnose = async (
		status: number,
		request: HttpRequest,
		{ verdict }: NewDelivery,
		forwarding: ForwardOptions,
	): Promise<string | undefined> => {
		const probe = parsedBodyProbe(request, verdict, options.secrets);
		if (!probe) return undefined;
		// A 400 may be about anything.
		if (!probe.differs) return status === 400 ? undefined : hints.sameBytes;
		const { response } = await forward(probe.request, forwarding, world);
		return response.status >= 200 && response.status < 300
			? hints.parsed
			: undefined;
	};

	return {
		wants: ({ verdict, body }) =>
			targets.length > 0 &&
			(verdict.valid || unverified) &&
			(fields.length + accounts.length === 0 ||
				parseDelivery(body).changes.some(
					({ field, accountId }) =>
						among(fields, field) && among(accounts, accountId),
				)),
		delivery: async (delivery, request) => {
			const forwarded = await Promise.all(
				targets.map((url) => send(url, delivery, request)),
			);
			const answer =
				forwarded.find(
					({ response: { status } }) => status < 200 || status > 299,
				) ?? forwarded[0];
			return {
				response: answer?.response ?? textResponse(200, ""),
				forwards: forwarded.map(({ forward }) => forward),
			};
		},
		handshake: async (request) => {
			const [url] = targets as [URL];
			const forwarded = await forward(
				request,
				{ url, headers, insecure },
				world,
			);
			return forwarded.response;
		},
	};
}

/** What an app answers that refuses the signature. */
const refusals = new Set([400, 401, 403]);

const hints = {
	parsed:
		"your app verifies a parsed body: it accepted the same bytes signed over JSON.stringify(JSON.parse(body)). Verify the raw bytes instead",
	sameBytes:
		"the signature is over the raw bytes, and parsing does not change them; does your app use the same app secret?",
};
