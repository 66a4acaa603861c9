import type { Config } from "../config/config.ts";
import type { GraphCall } from "./graph-call.ts";
import { graphRoot } from "./graph-client.ts";

/** A Graph call that a dry run would make. */
export interface CallRecord {
	type: "call";
	method: string;
	url: string;
	parameters: Readonly<Record<string, string>>;
}

/** A call as a dry run shows it, without tokens. */
export function callRecord(
	call: GraphCall<unknown>,
	config: Config,
): CallRecord {
	const { method, path, parameters } = call;
	return {
		type: "call",
		method,
		url: `${graphRoot(config, call)}${path}`,
		parameters,
	};
}
