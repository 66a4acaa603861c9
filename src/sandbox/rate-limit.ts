import type { Handler, HttpRequest } from "../http.ts";
import { splitTarget } from "../http.ts";
import { servedPath } from "./api/graph-call.ts";
import { GraphError } from "./api/graph-error.ts";
import { graphResponse } from "./api/graph-response.ts";
import type { Sandbox } from "./context.ts";
import { faultMessages } from "./fault-messages.ts";

const hour = 3_600_000;

/**
 * Takes so many calls in an hour, says with each answer how many of them are
 * used (`X-App-Usage`, in per cent), and refuses the rest with error 4.
 */
export function withRateLimit(
	sandbox: Sandbox,
	limit: number,
	handler: Handler,
): Handler {
	let calls: number[] = [];
	return async (request) => {
		const now = sandbox.world.clock.now();
		calls = [...calls.filter((at) => at > now - hour), now];
		const response = await (calls.length > limit
			? refusal(sandbox, request)
			: handler(request));
		const share = Math.round((calls.length / limit) * 100);
		const usage = { call_count: share, total_time: share, total_cputime: 1 };
		return {
			...response,
			headers: [...response.headers, ["X-App-Usage", JSON.stringify(usage)]],
		};
	};
}

function refusal({ world }: Sandbox, request: HttpRequest) {
	const served = servedPath(splitTarget(request.target).path);
	return graphResponse(world, served, () => {
		throw new GraphError(4, faultMessages["4"]?.message as string, {
			transient: true,
		});
	});
}
