import { headerValues } from "../http.ts";
import { asString } from "../webhook/delivery.ts";
import type { GraphCall } from "./graph-call.ts";

/** The app, and what the answer's headers say about Meta's side. */
export interface ServedApp {
	name: string;
	/** The version that served the call: a dead one is served by the oldest living one. */
	servedVersion: string | undefined;
	/** Meta's clock, in milliseconds since 1970. */
	date: number | undefined;
}

/** Reads the app with its own token, which proves that id and secret belong together. */
export function readApp(appId: string): GraphCall<ServedApp> {
	return {
		method: "GET",
		path: `/${appId}`,
		parameters: { fields: "id,name" },
		token: "app",
		read: ({ name }, headers = []) => {
			const date = Date.parse(headerValues(headers, "date")[0] ?? "");
			return {
				name: asString(name),
				servedVersion: headerValues(headers, "facebook-api-version")[0],
				date: Number.isNaN(date) ? undefined : date,
			};
		},
	};
}
