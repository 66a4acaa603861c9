import type { Config } from "../config/config.ts";
import type { GraphCall } from "./graph-call.ts";
import { graphRoot } from "./graph-client.ts";
import { loginOf } from "./login.ts";

/** A Graph call that a dry run would make. */
export interface CallRecord {
	type: "call";
	method: string;
	url: string;
	/** The verify token is named, not shown. */
	parameters: Readonly<Record<string, string>>;
	/** The token as a shell expands it, e.g. `$IGWH_PAGE_TOKEN`. */
	token: string;
	/** The page whose token it is, where it is not the configured one. */
	tokenOfPage?: string;
}

/** What is shown of a call: everything but the secrets, which are named. */
export function callRecord(
	call: GraphCall<unknown>,
	config: Config,
	tokenOfPage?: string,
): CallRecord {
	const { method, path, parameters } = call;
	return {
		type: "call",
		method,
		url: `${graphRoot(config, call)}${path}`,
		parameters: {
			...parameters,
			...(parameters.verify_token !== undefined && {
				verify_token: "$IGWH_VERIFY_TOKEN",
			}),
		},
		token: tokenName(call.token, config),
		...(tokenOfPage !== undefined && { tokenOfPage }),
	};
}

function tokenName(kind: GraphCall<unknown>["token"], config: Config): string {
	if (kind === "app") return "$IGWH_APP_ID|$IGWH_APP_SECRET";
	if (loginOf(config) === "instagram") return "$IGWH_INSTAGRAM_TOKEN";
	return kind === "page" ? "$IGWH_PAGE_TOKEN" : "$IGWH_USER_TOKEN";
}
