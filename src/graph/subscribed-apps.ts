import { asArray, asRecord, asString } from "../webhook/delivery.ts";
import { type GraphCall, isSuccess } from "./graph-call.ts";

/**
 * The page fields the app is subscribed to on a page; none where it is not
 * installed. With a page token Meta returns only the calling app's row.
 */
export function readPageSubscription(pageId: string): GraphCall<string[]> {
	return {
		method: "GET",
		path: `/${pageId}/subscribed_apps`,
		parameters: {},
		token: "page",
		feature: "pages",
		read: ({ data }) => fieldsOfFirst(data),
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
		feature: "pages",
		read: isSuccess,
	};
}

export function deletePageSubscription(pageId: string): GraphCall<boolean> {
	return {
		method: "DELETE",
		path: `/${pageId}/subscribed_apps`,
		parameters: {},
		token: "page",
		feature: "pages",
		read: isSuccess,
	};
}

/** The Instagram fields the app is subscribed to on an account, with Instagram Login. */
export function readAccountSubscription(igUserId: string): GraphCall<string[]> {
	return {
		method: "GET",
		path: `/${igUserId}/subscribed_apps`,
		parameters: {},
		token: "page",
		feature: "account-subscription",
		read: ({ data }) => fieldsOfFirst(data),
	};
}

/**
 * Subscribes the app to an account, with Instagram Login. Meta delivers every
 * field the app is subscribed to, whichever of them the account names.
 */
export function writeAccountSubscription(
	igUserId: string,
	fields: readonly string[],
): GraphCall<boolean> {
	return {
		method: "POST",
		path: `/${igUserId}/subscribed_apps`,
		parameters: { subscribed_fields: fields.join(",") },
		token: "page",
		feature: "account-subscription",
		read: isSuccess,
	};
}

export function deleteAccountSubscription(
	igUserId: string,
): GraphCall<boolean> {
	return {
		method: "DELETE",
		path: `/${igUserId}/subscribed_apps`,
		parameters: {},
		token: "page",
		feature: "account-subscription",
		read: isSuccess,
	};
}

function fieldsOfFirst(data: unknown): string[] {
	const { subscribed_fields } = asRecord(asArray(data)[0]);
	return asArray(subscribed_fields).map(asString);
}
