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

/** Some of a person's pages, and where the next ones begin. */
export interface PageList {
	pages: Page[];
	after: string | undefined;
}

/**
 * The pages of the person the user token belongs to, each with its own token.
 * @param after where an earlier answer ended
 */
export function listPages(after?: string): GraphCall<PageList> {
	return {
		method: "GET",
		path: "/me/accounts",
		parameters: {
			fields: "id,name,access_token,instagram_business_account",
			limit: "100",
			...(after && { after }),
		},
		token: "user",
		read: ({ data, paging }) => {
			const { next, cursors } = members(paging);
			return {
				pages: (Array.isArray(data) ? data : []).map(members).map(readPage),
				after: next ? text(members(cursors).after) || undefined : undefined,
			};
		},
	};
}

function readPage(row: Record<string, unknown>): Page {
	return {
		id: text(row.id),
		name: text(row.name),
		token: new Secret(text(row.access_token)),
		igUserId: text(members(row.instagram_business_account).id) || undefined,
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
