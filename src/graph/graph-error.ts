import type { HttpResponse } from "../http.ts";
import { IgwhError } from "../igwh-error.ts";
import { asRecord, asString } from "../webhook/delivery.ts";
import {
	type About,
	type GraphFailure,
	type Meaning,
	meaningOf,
} from "./error-table.ts";
import type { GraphCall } from "./graph-call.ts";
import { minutesToWait } from "./rate-limit-wait.ts";

/** Meta's refusal of a call: what it said, what the error is about, what helps. */
export class GraphRefusal extends IgwhError {
	readonly about: About;
	/** Meta's `error.code`, e.g. 190; 0 where there is none. */
	readonly graphCode: number;
	/** Meta's `error.error_subcode`, 0 where there is none. */
	readonly subcode: number;
	readonly status: number;
	/** Meta failed itself, so that a call may have had its effect all the same. */
	readonly outcomeUnknown: boolean;

	constructor(
		message: string,
		{ about, kind, hint }: Meaning,
		{ code, subcode, status, transient }: GraphFailure,
	) {
		super(kind, message, hint);
		this.about = about;
		this.graphCode = code;
		this.subcode = subcode;
		this.status = status;
		this.outcomeUnknown =
			status >= 500 ||
			(kind !== "rate-limit" && transient) ||
			(about === "moment" && [-2, -1, 1, 2].includes(code));
	}

	/** Another call would meet the same refusal: a limit, a bad token, a blocked account. */
	get affectsEveryCall(): boolean {
		return (
			this.about === "token" ||
			this.about === "app" ||
			this.code === "rate-limit"
		);
	}
}

/** Reads Meta's error envelope. */
export function graphError(
	response: HttpResponse,
	answer: Record<string, unknown>,
	call: GraphCall<unknown>,
): GraphRefusal {
	const error = asRecord(answer.error);
	const failure = {
		status: response.status,
		code: Number(error.code ?? 0) || 0,
		subcode: Number(error.error_subcode ?? 0) || 0,
		message:
			asString(error.message) ||
			asString(answer.error_message) ||
			`HTTP ${response.status}`,
		transient: error.is_transient === true,
	};
	const meaning = meaningOf(failure);
	const wait = minutesToWait(response, failure.code);
	return new GraphRefusal(
		`Meta refused ${call.method} ${call.path}: ${failure.message}${codeOf(failure)}`,
		meaning.kind === "rate-limit" && wait > 0
			? {
					...meaning,
					hint: `wait ${wait} minutes, then run the command again`,
				}
			: meaning,
		failure,
	);
}

/** An answer that is not the Graph API's: a redirect, or a page of a proxy or gateway. */
export function foreignAnswer(
	{ status }: HttpResponse,
	shown: string,
	{ method, path }: GraphCall<unknown>,
): GraphRefusal {
	const failure = {
		status,
		code: 0,
		subcode: 0,
		message: shown,
		transient: status < 300 || status >= 400,
	};
	return new GraphRefusal(
		`${method} ${path} was answered ${status} ${shown}`,
		status >= 500
			? meaningOf(failure)
			: {
					about: "app",
					kind: "graph",
					hint: "something between you and Meta answered: check the proxy, and the address in IGWH_GRAPH_URL",
				},
		failure,
	);
}

function codeOf({ code, subcode, message }: GraphFailure): string {
	return code && !message.includes(`#${code}`)
		? ` (code ${code}${subcode ? `/${subcode}` : ""})`
		: "";
}
