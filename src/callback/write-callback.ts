import type { GraphCall } from "../graph/graph-call.ts";
import type { Graph } from "../graph/graph-client.ts";
import { GraphRefusal } from "../graph/graph-error.ts";
import {
	type AppSubscription,
	readAppSubscription,
} from "../graph/subscriptions.ts";
import { asIgwhError, IgwhError } from "../igwh-error.ts";

/**
 * `done`: read back. `refused`: Meta definitely did not do it. `unknown`: the
 * answer or the read-back was lost, so it may have been done.
 */
export type Written =
	| { state: "done"; now: AppSubscription | undefined }
	| { state: "refused" | "unknown"; error: IgwhError };

/** Changes the app's callback; what is read back decides, not the answer. */
export async function writeCallback(
	call: GraphCall<boolean>,
	wanted: string | undefined,
	appId: string,
	graph: Graph,
): Promise<Written> {
	let failure: IgwhError | undefined;
	try {
		await graph(call);
	} catch (error) {
		failure = asIgwhError(error);
		if (isRefusal(failure)) return { state: "refused", error: failure };
	}
	try {
		const now = await graph(readAppSubscription(appId));
		if (now?.callbackUrl === wanted) return { state: "done", now };
		failure ??= new IgwhError(
			"graph",
			`Meta accepted the call, but the app's callback is ${now?.callbackUrl ?? "none"}`,
			"run the command again; if that does not help, set the callback in the App Dashboard",
		);
	} catch (error) {
		failure ??= asIgwhError(error);
	}
	return { state: "unknown", error: failure };
}

function isRefusal(error: IgwhError): boolean {
	if (error instanceof GraphRefusal) return !error.outcomeUnknown;
	return error.code === "configuration" || error.code === "interrupted";
}
