import type { Handler, HttpRequest } from "../http.ts";
import { type GraphCall, readGraphCall } from "./api/graph-call.ts";
import { GraphError } from "./api/graph-error.ts";
import { graphResponse } from "./api/graph-response.ts";
import type { Sandbox } from "./context.ts";

/** "Require App Secret" in the app's advanced settings: calls with a user's or a page's token need an `appsecret_proof`. */
export function requiringProof({ world }: Sandbox, handler: Handler): Handler {
	return async (request) => {
		const call = await readable(request);
		return call && lacksProof(call)
			? graphResponse(world, call, () => {
					throw missingProof();
				})
			: handler(request);
	};
}

/** Instagram Login has no such switch. */
function lacksProof({ host, token, parameters }: GraphCall): boolean {
	if (host === "instagram") return false;
	const isApp = token === undefined || token.includes("|");
	return !isApp && !parameters.has("appsecret_proof");
}

function missingProof(): GraphError {
	return new GraphError(
		100,
		"API calls from the server require an appsecret_proof argument",
		{ type: "GraphMethodException" },
	);
}

/** Nothing where the call cannot be read: the API says why. */
async function readable(request: HttpRequest): Promise<GraphCall | undefined> {
	try {
		return await readGraphCall(request);
	} catch {
		return undefined;
	}
}
