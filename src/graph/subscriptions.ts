import { asRecord, asString } from "../webhook/delivery.ts";
import { type GraphCall, isSuccess } from "./graph-call.ts";

/** The app's subscription to the `instagram` object. */
export interface AppSubscription {
	callbackUrl: string;
	active: boolean;
	fields: string[];
	/** Whether deliveries carry values, where Meta returns it; its documents do not mention it. */
	includeValues?: boolean;
}

/** The app's `instagram` subscription; nothing where there is none. */
export function readAppSubscription(
	appId: string,
): GraphCall<AppSubscription | undefined> {
	return {
		method: "GET",
		path: `/${appId}/subscriptions`,
		parameters: {},
		token: "app",
		read: ({ data }) => {
			const rows = Array.isArray(data) ? data.map(asRecord) : [];
			const row = rows.find(({ object }) => object === "instagram");
			return (
				row && {
					callbackUrl: asString(row.callback_url),
					active: row.active !== false,
					fields: fieldNames(row.fields),
					...(typeof row.include_values === "boolean" && {
						includeValues: row.include_values,
					}),
				}
			);
		},
	};
}

/**
 * Sets callback URL, verify token and fields of the `instagram` object, all at
 * once: an earlier subscription is overwritten. Meta verifies the callback before it
 * answers.
 */
export function writeAppSubscription(
	appId: string,
	{
		callbackUrl,
		verifyToken,
		fields,
		includeValues = true,
	}: {
		callbackUrl: string;
		verifyToken: string;
		fields: readonly string[];
		includeValues?: boolean | undefined;
	},
): GraphCall<boolean> {
	return {
		method: "POST",
		path: `/${appId}/subscriptions`,
		parameters: {
			object: "instagram",
			callback_url: callbackUrl,
			verify_token: verifyToken,
			fields: fields.join(","),
			include_values: String(includeValues),
		},
		token: "app",
		read: isSuccess,
	};
}

/** Ends the `instagram` subscription only; without the object Meta would end all. */
export function deleteAppSubscription(appId: string): GraphCall<boolean> {
	return {
		method: "DELETE",
		path: `/${appId}/subscriptions`,
		parameters: { object: "instagram" },
		token: "app",
		read: isSuccess,
	};
}

/** Rows carry `{name, version}`; old samples carry plain names. */
function fieldNames(fields: unknown): string[] {
	return Array.isArray(fields)
		? fields.map((field) => asString(asRecord(field).name ?? field))
		: [];
}
