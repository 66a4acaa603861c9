import { asIgwhError, IgwhError } from "../igwh-error.ts";
import { GraphRefusal } from "./graph-error.ts";
import type { SubscriptionTarget } from "./subscription-targets.ts";

/** What could not be done for one of several targets. */
export interface TargetFailureRecord {
	type: "failure";
	target: SubscriptionTarget["kind"];
	id: string;
	code: string;
	message: string;
	hint: string;
}

/**
 * Works through targets; the failure of one of several does not stop the others.
 * @throws the failure of a single target, and at once what every target would
 * meet; IgwhError with the code of the first failure, once all were tried
 */
export async function* eachTarget<R>(
	targets: readonly SubscriptionTarget[],
	work: (target: SubscriptionTarget) => AsyncIterable<R>,
): AsyncGenerator<R | TargetFailureRecord> {
	const failures: IgwhError[] = [];
	for (const target of targets)
		try {
			yield* work(target);
		} catch (thrown) {
			const error = asIgwhError(thrown);
			if (targets.length === 1 || meetsAll(error)) throw thrown;
			failures.push(error);
			const { code, message, hint } = error;
			const { kind, name } = target;
			yield { type: "failure", target: kind, id: name, code, message, hint };
		}
	const [first] = failures;
	if (first)
		throw new IgwhError(
			first.code,
			`${failures.length} of ${targets.length} failed; the others are done`,
			"the reasons are above; run the command again for those that failed",
		);
}

/** The next target would fail in the same way. */
function meetsAll(error: IgwhError): boolean {
	return (
		["bug", "interrupted", "network", "usage", "configuration"].includes(
			error.code,
		) ||
		(error instanceof GraphRefusal &&
			(error.about === "app" || error.code === "rate-limit"))
	);
}
