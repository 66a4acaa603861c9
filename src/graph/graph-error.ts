import { type HttpResponse, headerValues } from "../http.ts";
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

/** Meta's refusal of a call: what it said, what the error is about, what to do. */
export class GraphRefusal extends IgwhError {
	readonly about: About;
	/** Meta's `error.code`, e.g. 190; 0 where there is none. */
	readonly graphCode: number;
	/** Meta's `error.error_subcode`, 0 where there is none. */
	readonly subcode: number;
	readonly status: number;
	/** Meta itself failed: the call may have had its effect. */
	readonly outcomeUnknown: boolean;
	/** How long a rate limit lasts; 0 where Meta does not say. */
	readonly waitMinutes: number;
	readonly #meaning: Meaning;
	readonly #failure: GraphFailure;

	constructor(
		message: string,
		meaning: Meaning,
		failure: GraphFailure,
		waitMinutes = 0,
	) {
		super(meaning.kind, message, meaning.hint);
		this.about = meaning.about;
		this.graphCode = failure.code;
		this.subcode = failure.subcode;
		this.status = failure.status;
		this.outcomeUnknown = meaning.outcomeUnknown;
		this.waitMinutes = waitMinutes;
		this.#meaning = meaning;
		this.#failure = failure;
	}

	/** Another call would meet the same refusal: a limit, a bad token, a blocked account. */
	get affectsEveryCall(): boolean {
		return (
			this.about === "token" ||
			this.about === "app" ||
			this.code === "rate-limit" ||
			this.code === "interrupted"
		);
	}

	/** The same refusal, as what an interrupted wait for its end leaves. */
	interrupted(): GraphRefusal {
		const meaning: Meaning = {
			...this.#meaning,
			kind: "interrupted",
			hint: "run the command again to continue",
		};
		return new GraphRefusal(this.message, meaning, this.#failure);
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
	const minutes =
		meaning.kind === "rate-limit" ? minutesToWait(response, failure.code) : 0;
	return new GraphRefusal(
		`Meta refused ${call.method} ${call.path}: ${failure.message}${advice(error)}${reference(failure, traceOf(response, error))}`,
		minutes > 0 ? { ...meaning, hint: waitHint(minutes) } : meaning,
		failure,
		minutes,
	);
}

/** Some errors carry a text that Meta wrote for people. */
function advice(error: Record<string, unknown>): string {
	const [said, shown] = [error.message, error.error_user_msg].map(asString);
	return shown && shown !== said ? ` — ${shown}` : "";
}

function waitHint(minutes: number): string {
	const time = minutes === 1 ? "1 minute" : `${minutes} minutes`;
	return `wait ${time}, then run the command again; --wait does both`;
}

/** What Meta's support asks for. */
function traceOf(
	{ headers }: HttpResponse,
	error: Record<string, unknown>,
): string {
	const [header = ""] = headerValues(headers, "x-fb-trace-id");
	return asString(error.fbtrace_id) || header;
}

/** An answer that is not the Graph API's: a redirect, or a page of a proxy or gateway. */
export function foreignAnswer(
	{ status }: HttpResponse,
	shown: string,
	{ method, path }: GraphCall<unknown>,
): GraphRefusal {
	const isRedirect = status >= 300 && status < 400;
	const failure = {
		status,
		code: 0,
		subcode: 0,
		message: shown,
		transient: false,
	};
	return new GraphRefusal(
		`${method} ${path} was answered ${status} ${shown}`,
		status >= 500
			? meaningOf(failure)
			: {
					about: "app",
					kind: "graph",
					hint: "something between you and Meta answered: check the proxy, and the address in IGWH_GRAPH_URL",
					outcomeUnknown: !isRedirect,
				},
		failure,
	);
}

/** ` (code 100/33, trace AbC…)`, without a code that the message has already. */
function reference(
	{ code, subcode, message }: GraphFailure,
	trace: string,
): string {
	const isNamed = message.includes(`#${code}`) && !subcode;
	const parts = [
		code && !isNamed && `code ${code}${subcode ? `/${subcode}` : ""}`,
		trace && `trace ${trace}`,
	].filter(Boolean);
	return parts.length > 0 ? ` (${parts.join(", ")})` : "";
}
