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
	/** Of that account; nothing where Meta does not give it. */
	username: string | undefined;
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
			fields: "id,name,access_token,instagram_business_account{id,username}",
			limit: "100",
			...(after && { after }),
		},
		token: "user",
		feature: "pages",
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
		feature: "pages",
		read: (page) => ({ id: asString(page.id), igUserId: accountOf(page) }),
	};
}

/** The account that a token of Instagram Login belongs to. */
export interface InstagramOwner {
	/** As deliveries name it: Meta's `user_id`. */
	igUserId: string;
	/** As this app alone sees it: Meta's `id`, which no delivery carries. */
	appScopedId: string;
	username: string;
	/** `BUSINESS` or `MEDIA_CREATOR`. */
	accountType: string;
}

export function readInstagramOwner(): GraphCall<InstagramOwner> {
	return {
		method: "GET",
		path: "/me",
		parameters: { fields: "user_id,id,username,account_type" },
		token: "page",
		feature: "account-subscription",
		read: (account) => ({
			igUserId: asString(account.user_id),
			appScopedId: asString(account.id),
			username: asString(account.username),
			accountType: asString(account.account_type),
		}),
	};
}

function readPage(row: Record<string, unknown>): Page {
	return {
		id: asString(row.id),
		name: asString(row.name),
		token: new Secret(asString(row.access_token)),
		igUserId: accountOf(row),
		username:
			asString(asRecord(row.instagram_business_account).username) || undefined,
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
