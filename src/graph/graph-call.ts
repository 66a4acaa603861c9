import type { FeatureName } from "./login.ts";

/**
 * One call of the Graph API as a value: testing it is comparing it, a dry run
 * is printing it.
 */
export interface GraphCall<T> {
	method: "GET" | "POST" | "DELETE";
	/** Below the version, e.g. `/1755847768034402/subscribed_apps`. */
	path: string;
	/** Sent as the query, or as the form of a POST; without any token. */
	parameters: Readonly<Record<string, string>>;
	/** Whose token the call takes. With Instagram Login the account's token is the page's and the user's. */
	token: "page" | "user" | "app";
	/** Only one of the logins can make this call. */
	feature?: FeatureName;
	/** Reads the answer. */
	read(answer: Record<string, unknown>): T;
}

/** Reads the answer of a call that only says whether it worked. */
export function isSuccess({ success }: Record<string, unknown>): boolean {
	return success === true;
}
