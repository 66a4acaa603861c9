import { type HeaderList, headerValues } from "../http.ts";
import type { Fix } from "./fix.ts";

/** What answers at an address that is not a webhook receiver. */
export interface WrongAddress {
	id: "graph-api" | "web-page" | "wrong-path";
	text: string;
	fix: Fix;
}

interface Response {
	status: number;
	headers: HeaderList;
	text: string;
}

/** The statuses of a path, or a method of it, that has no route. */
export function hasNoRoute(status: number): boolean {
	return [404, 405, 501].includes(status);
}

export function isPage(text: string): boolean {
	return /<(!doctype|html|head|body)\b/i.test(text);
}

/** A Graph API, Meta's or the sandbox, by the error envelope and headers that only it has. */
export function isGraphApi({ headers, text }: Response): boolean {
	return (
		headerValues(headers, "x-fb-trace-id").length > 0 ||
		/"fbtrace_id"\s*:/.test(text)
	);
}

/**
 * Recognises an address that is not a webhook receiver by its answers to a
 * correct handshake and to a well-signed delivery; nothing where either of them
 * may come from a receiver.
 */
export function findWrongAddress(
	url: string,
	handshake: Response & { challenge: string },
	delivery: Response | undefined,
): WrongAddress | undefined {
	if (isGraphApi(handshake)) return graphApi(url);
	if (!delivery) return undefined;
	const noRoute = hasNoRoute(delivery.status);
	if (hasNoRoute(handshake.status) && noRoute)
		return {
			id: "wrong-path",
			text: `the handshake is answered ${handshake.status} and a delivery ${delivery.status}: is the path ${new URL(url).pathname} right?`,
			fix: {
				text: "give the callback URL with the path of the webhook route, for example http://127.0.0.1:3000/webhook",
			},
		};
	const isWebPage = ({ status, text }: Response) =>
		status === 200 && isPage(text);
	const isForeign =
		isWebPage(handshake) && !handshake.text.includes(handshake.challenge);
	return isForeign && (noRoute || isWebPage(delivery))
		? webPage(url)
		: undefined;
}

/** The same by the answer to a delivery alone. */
export function wrongAddressOf(
	url: string,
	delivery: Response,
): WrongAddress | undefined {
	if (isGraphApi(delivery)) return graphApi(url);
	if (delivery.status === 200 && isPage(delivery.text)) return webPage(url);
	return undefined;
}

function graphApi(url: string): WrongAddress {
	return {
		id: "graph-api",
		text: `${new URL(url).host} is a Graph API, such as igwh sandbox, not a webhook receiver`,
		fix: {
			text: "give the callback URL of your receiver; igwh listen prints its own",
		},
	};
}

function webPage(url: string): WrongAddress {
	return {
		id: "web-page",
		text: `a web page answers at ${new URL(url).pathname}, not a webhook receiver`,
		fix: {
			text: "check the host, the port and the path; a login or a tunnel's warning page in front of the receiver answers like this too",
		},
	};
}
