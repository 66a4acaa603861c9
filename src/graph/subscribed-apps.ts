import { asRecord, asString } from "../webhook/delivery.ts";
import { type GraphCall, isSuccess } from "./graph-call.ts";

/**
 * The page fields the app is subscribed to on a page; none where it is not
 * installed. With a page token only the calling app's row comes.
 */
export function readPageSubscription(pageId: string): GraphCall<string[]> {
	return {
		method: "GET",
		path: `/${pageId}/subscribed_apps`,
		parameters: {},
		token: "page",
		read: ({ data }) => {
			const [row] = Array.isArray(data) ? data : [];
			const { subscribed_fields } = asRecord(row);
			return Array.isArray(subscribed_fields)
				? subscribed_fields.map(asString)
				: [];
		},
	};
}

/** Subscribes the app to a page. The list replaces the earlier one: send the union. */
export function writePageSubscription(
	pageId: string,
	fields: readonly string[],
): GraphCall<boolean> {
	return {
		method: "POST",
		path: `/${pageId}/subscribed_apps`,
		parameters: { subscribed_fields: fields.join(",") },
		token: "page",
		read: isSuccess,
	};
}

export function deletePageSubscription(pageId: string): GraphCall<boolean> {
	return {
		method: "DELETE",
		path: `/${pageId}/subscribed_apps`,
		parameters: {},
		token: "page",
		read: isSuccess,
	};
}
