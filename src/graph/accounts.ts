import { Secret } from "../secret.ts";
import { members, text } from "../webhook/delivery.ts";
import type { GraphCall } from "./graph-call.ts";

export interface Page {
	id: string;
	name: string;
	token: Secret;
	/** The linked Instagram professional account. */
	igUserId: string | undefined;
}

/** The pages of the person the user token belongs to, each with its own token. */
export function listPages(): GraphCall<Page[]> {
	return {
		method: "GET",
		path: "/me/accounts",
		parameters: {
			fields: "id,name,access_token,instagram_business_account",
			limit: "100",
		},
		token: "user",
		read: ({ data }) =>
			(Array.isArray(data) ? data : []).map(members).map((row) => ({
				id: text(row.id),
				name: text(row.name),
				token: new Secret(text(row.access_token)),
				igUserId: text(members(row.instagram_business_account).id) || undefined,
			})),
	};
}

/** The username of an Instagram account the token acts for. */
export function readUsername(igUserId: string): GraphCall<string> {
	return {
		method: "GET",
		path: `/${igUserId}`,
		parameters: { fields: "username" },
		token: "page",
		read: ({ username }) => text(username),
	};
}
