import { Secret } from "../config/secret.ts";
import { asArray, asRecord, asString } from "../webhook/delivery.ts";
import type { GraphCall } from "./graph-call.ts";
import { nextPart, type Part } from "./read-all.ts";

export interface Page {
	id: string;
	name: string;
	token: Secret;
	/** The linked Instagram professional account. */
	igUserId: string | undefined;
}

/**
 * The pages of the person the user token belongs to, each with its own token.
 * @param after where an earlier part ended
 */
export function listPages(after?: string): GraphCall<Part<Page>> {
	return {
		method: "GET",
		path: "/me/accounts",
		parameters: {
			fields: "id,name,access_token,instagram_business_account",
			limit: "100",
			...(after && { after }),
		},
		token: "user",
		read: ({ data, paging }) => ({
			items: asArray(data).map(asRecord).map(readPage),
			after: nextPart(paging),
		}),
	};
}

/** The page a page token belongs to, and its account. */
export function readTokenOwner(): GraphCall<Pick<Page, "id" | "igUserId">> {
	return {
		method: "GET",
		path: "/me",
		parameters: { fields: "id,instagram_business_account" },
		token: "page",
		read: (page) => ({ id: asString(page.id), igUserId: accountOf(page) }),
	};
}

function readPage(row: Record<string, unknown>): Page {
	return {
		id: asString(row.id),
		name: asString(row.name),
		token: new Secret(asString(row.access_token)),
		igUserId: accountOf(row),
	};
}

function accountOf(page: Record<string, unknown>): string | undefined {
	return asString(asRecord(page.instagram_business_account).id) || undefined;
}

/** The username of an Instagram account the token acts for. */
export function readUsername(igUserId: string): GraphCall<string> {
	return {
		method: "GET",
		path: `/${igUserId}`,
		parameters: { fields: "username" },
		token: "page",
		read: ({ username }) => asString(username),
	};
}
