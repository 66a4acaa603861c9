import { firstWords } from "./first-words.ts";

/**
 * The likely cause of a receiver's answer to a delivery, for its developer;
 * nothing where it accepted the delivery.
 */
export function explainAnswer(
	status: number,
	body: string,
): string | undefined {
	if (status === 200) return undefined;
	if (status > 200 && status < 300)
		return `Meta's documents ask for 200; ${status} may be taken as a failure`;
	if (status >= 300 && status < 400)
		return "redirects are not followed: answer at the callback URL itself";
	if (status >= 500) return serverError(status, body);
	return causes[status] ?? refusal(status, body);
}

const causes: Record<number, string> = {
	401: "the receiver refused the signature; is the app secret the same on both sides?",
	403: "the receiver refused the signature, or a login or firewall protects the route",
	404: "nothing answers at this path; is it the webhook route?",
	405: "the route does not accept POST",
	413: "the body exceeds the receiver's limit; Meta's batches reach hundreds of kilobytes",
	415: "the route does not accept application/json",
	429: "the receiver limits its callers; Meta delivers in bursts",
};

function refusal(status: number, body: string): string {
	const said = firstWords(body, 1);
	return said
		? `the receiver answered ${status}: ${said}`
		: `the receiver answered ${status} without a text; see its log`;
}

function serverError(status: number, body: string): string {
	const said = firstWords(body, 3);
	return said
		? `the receiver failed: ${said}`
		: `the receiver failed with ${status}; see its log`;
}
