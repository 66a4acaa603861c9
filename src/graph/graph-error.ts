import { type HttpResponse, headerValues } from "../http.ts";
import { type ErrorCode, IgwhError } from "../igwh-error.ts";
import { members, text } from "../webhook/delivery.ts";
import type { GraphCall } from "./graph-call.ts";

/** Meta's refusal of a call: what it said, what kind of failure that is, what helps. */
export class GraphRefusal extends IgwhError {
	constructor(
		code: ErrorCode,
		message: string,
		hint: string,
		/** Meta's `error.code`, e.g. 190. */
		readonly graphCode: number,
		/** Meta's `error.error_subcode`, 0 where there is none. */
		readonly subcode: number,
		readonly status: number,
	) {
		super(code, message, hint);
	}

	/** Another call would meet the same refusal: a limit, a bad token, a blocked account. */
	get concernsAll(): boolean {
		return this.code !== "graph" || this.graphCode === 368;
	}

	/** Meta failed itself, so that a call may have had its effect all the same. */
	get leavesDoubt(): boolean {
		return this.status >= 500 || this.graphCode === 1 || this.graphCode === 2;
	}
}

/** Reads Meta's error envelope; source of the codes: meta-platform §5.2. */
export function graphError(
	response: HttpResponse,
	error: unknown,
	call: GraphCall<unknown>,
): GraphRefusal {
	const { code, error_subcode, message } = members(error);
	const graphCode = Number(code ?? 0);
	const subcode = Number(error_subcode ?? 0);
	const { kind, hint } = meaning(graphCode, subcode);
	const wait = minutesToWait(response);
	return new GraphRefusal(
		kind,
		`Meta refused ${call.method} ${call.path}: ${text(message) || `HTTP ${response.status}`}${graphCode && !text(message).includes(`#${graphCode}`) ? ` (code ${graphCode}${subcode ? `/${subcode}` : ""})` : ""}`,
		kind === "rate-limit" && wait
			? `wait ${wait} minutes, then run the command again`
			: hint,
		graphCode,
		subcode,
		response.status,
	);
}

interface Meaning {
	kind: ErrorCode;
	hint: string;
}

const newToken =
	"make a new token in the Graph API Explorer and put it into .env";

const bySubcode: Record<string, Meaning> = {
	"100/33": {
		kind: "graph",
		hint: "the id does not exist, was deleted, is private, or the token may not see it; ids of the dashboard's Test are not real",
	},
	"190/463": { kind: "token", hint: `the token expired: ${newToken}` },
	"190/460": { kind: "token", hint: `the password was changed: ${newToken}` },
	"190/459": {
		kind: "token",
		hint: "the person must log in at facebook.com and clear a security check",
	},
	"190/492": {
		kind: "token",
		hint: "the person lost their role on the page: restore it, then make a new token",
	},
};

const byCode: Record<number, Meaning> = {
	1: { kind: "graph", hint: "often passes: run the command again" },
	2: { kind: "graph", hint: "Meta's service is down for a moment: try again" },
	3: {
		kind: "permission",
		hint: "the app lacks the product or the access level; trying again cannot help. Add it in the App Dashboard",
	},
	4: { kind: "rate-limit", hint: "the app's limit is used up: wait an hour" },
	10: {
		kind: "permission",
		hint: "grant the permission to the app, with Advanced Access for accounts that are not yours",
	},
	15: {
		kind: "token",
		hint: "the call takes the app's own token: set IGWH_APP_ID and IGWH_APP_SECRET",
	},
	17: { kind: "rate-limit", hint: "the person's limit is used up: wait" },
	32: { kind: "rate-limit", hint: "the page's limit is used up: wait" },
	100: {
		kind: "graph",
		hint: "the message names the parameter Meta did not take",
	},
	101: {
		kind: "token",
		hint: "check IGWH_APP_ID and IGWH_APP_SECRET against the App Dashboard",
	},
	102: { kind: "token", hint: newToken },
	104: { kind: "token", hint: "set the token in .env" },
	190: { kind: "token", hint: newToken },
	210: {
		kind: "token",
		hint: "this is a user token: take the page's own from /me/accounts and put it into IGWH_PAGE_TOKEN",
	},
	341: { kind: "rate-limit", hint: "the app's limit is used up: wait" },
	368: {
		kind: "graph",
		hint: "Meta blocked the account for its policy: look at Account Quality",
	},
	613: { kind: "rate-limit", hint: "the limit of this call is used up: wait" },
	2200: {
		kind: "graph",
		hint: "Meta could not reach the callback URL, or it did not answer 200: is the receiver running behind it?",
	},
	2201: {
		kind: "graph",
		hint: "the callback URL must answer with the bare hub.challenge: no JSON, no quotes, no page of the tunnel's",
	},
	2500: { kind: "graph", hint: "the path or the fields are malformed" },
	80001: { kind: "rate-limit", hint: "the page's limit is used up: wait" },
	80002: { kind: "rate-limit", hint: "the account's limit is used up: wait" },
};

function meaning(code: number, subcode: number): Meaning {
	const known = bySubcode[`${code}/${subcode}`] ?? byCode[code];
	if (known) return known;
	if (code >= 200 && code <= 299)
		return {
			kind: "permission",
			hint: "grant the named permission to the app, with Advanced Access for accounts that are not yours, and check the person's role on the page",
		};
	return {
		kind: "graph",
		hint: "look the code up in Meta's Graph API error reference",
	};
}

/** From `X-Business-Use-Case-Usage`; minutes, 0 where it does not say. */
function minutesToWait({ headers }: HttpResponse): number {
	const [usage] = headerValues(headers, "x-business-use-case-usage");
	const [, minutes] =
		usage?.match(/"estimated_time_to_regain_access":\s*(\d+)/) ?? [];
	return Number(minutes ?? 0);
}
