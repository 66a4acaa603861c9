import { type HttpResponse, headerValues } from "../http.ts";
import { asArray, asRecord, asString } from "../webhook/delivery.ts";

/** Which use case a rate limit belongs to (meta-platform §5.4). */
const useCases: Record<number, string> = {
	80001: "pages",
	80002: "instagram",
	80006: "messenger",
};

/**
 * How long a rate limit lasts, from `X-Business-Use-Case-Usage`: the longest wait
 * of the use case the code belongs to, else the longest of all.
 * @returns minutes, 0 where the header does not say
 */
export function minutesToWait({ headers }: HttpResponse, code: number): number {
	const entries = headerValues(headers, "x-business-use-case-usage")
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
	return Math.max(0, ...waits.filter(Number.isFinite));
}

function parse(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}
