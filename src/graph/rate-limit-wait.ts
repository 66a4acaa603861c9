import { type HttpResponse, headerValues } from "../http.ts";
import { asArray, asRecord, asString } from "../webhook/delivery.ts";

/** Which use case a rate limit belongs to (webhook/README: Rate limits). */
const useCases: Record<number, string> = {
	80001: "pages",
	80002: "instagram",
	80006: "messenger",
};

/**
 * How long a rate limit lasts: the longest wait in `X-Business-Use-Case-Usage`
 * of the use case the code belongs to, else of all, else `Retry-After`.
 * @returns minutes, 0 where Meta does not say
 */
export function minutesToWait(response: HttpResponse, code: number): number {
	const entries = headerValues(response.headers, "x-business-use-case-usage")
		.flatMap((value) => Object.values(asRecord(parse(value))))
		.flatMap(asArray)
		.map(asRecord);
	const matching = entries.filter(
		({ type }) => asString(type) === useCases[code],
	);
	const waits = (matching.length > 0 ? matching : entries).map(
		({ estimated_time_to_regain_access }) =>
			Number(estimated_time_to_regain_access),
	);
	const longest = Math.max(0, ...waits.filter(Number.isFinite));
	return longest || retryAfter(response);
}

/** In whole minutes, rounded up; a date is not read. */
function retryAfter({ headers }: HttpResponse): number {
	const [seconds] = headerValues(headers, "retry-after").map(Number);
	return seconds && seconds > 0 ? Math.ceil(seconds / 60) : 0;
}

function parse(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}
