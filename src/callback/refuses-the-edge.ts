import { GraphRefusal } from "../graph/graph-error.ts";
import type { IgwhError } from "../igwh-error.ts";

/**
 * Meta's documents disagree on whether the API sets the callback of the
 * `instagram` object: a refusal that is neither about the callback nor a token.
 */
export function refusesTheEdge(error: IgwhError): boolean {
	return (
		error instanceof GraphRefusal &&
		(error.code === "graph" || error.code === "permission") &&
		error.about !== "moment" &&
		![2200, 2201].includes(error.graphCode)
	);
}
