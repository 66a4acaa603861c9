import {
	type HeaderList,
	type HttpRequest,
	type HttpResponse,
	textResponse,
} from "../http.ts";
import type { Forward, NewDelivery } from "../store/deliveries.ts";
import { parseDelivery } from "../webhook/delivery.ts";
import { isSuccess } from "../webhook/meta-retries.ts";
import type { SigningSecret } from "../webhook/signature.ts";
import type { World } from "../world.ts";
import { type Forwarded, forward } from "./forward.ts";
import { refusalHints } from "./refusal-hints.ts";

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
	const { targets, headers, insecure } = options;
	const hintFor = refusalHints(options.secrets, world);

	const send = async (
		url: URL,
		delivery: NewDelivery,
		request: HttpRequest,
	): Promise<Forwarded> => {
		const forwarding = { url, headers, insecure };
		const forwarded = await forward(request, forwarding, world);
		const { status } = forwarded.response;
		const hint = await hintFor({ delivery, request, forwarding, status });
		return hint === undefined
			? forwarded
			: { ...forwarded, forward: { ...forwarded.forward, hint } };
	};

	return {
		wants: (delivery) => isWanted(delivery, options),
		delivery: async (delivery, request) => {
			const forwarded = await Promise.all(
				targets.map((url) => send(url, delivery, request)),
			);
			const answer =
				forwarded.find(({ response }) => !isSuccess(response.status)) ??
				forwarded[0];
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

function isWanted(
	{ verdict, body }: NewDelivery,
	{ targets, fields, accounts, unverified }: ForwarderOptions,
): boolean {
	if (targets.length === 0 || !(verdict.valid || unverified)) return false;
	if (fields.length + accounts.length === 0) return true;
	return parseDelivery(body).changes.some(
		({ field, accountId }) =>
			isAmong(fields, field) && isAmong(accounts, accountId),
	);
}

/** Whether a filter has a name, or is empty. */
function isAmong(names: readonly string[], name: string): boolean {
	return names.length === 0 || names.includes(name);
}
