import { asRecord, asString } from "../webhook/delivery.ts";
import type { GraphCall } from "./graph-call.ts";

/** A page, and the Instagram account that is linked to it. */
export interface LinkedPage {
	name: string;
	/** The professional account; nothing where none is linked, or the token may not see it. */
	igUserId: string | undefined;
	/** A linked account that may not be a professional one. */
	connectedId: string | undefined;
}

export function readLinkedPage(pageId: string): GraphCall<LinkedPage> {
	return {
		method: "GET",
		path: `/${pageId}`,
		parameters: {
			fields: "id,name,instagram_business_account,connected_instagram_account",
		},
		token: "page",
		feature: "pages",
		read: (page) => ({
			name: asString(page.name),
			igUserId: idOf(page.instagram_business_account),
			connectedId: idOf(page.connected_instagram_account),
		}),
	};
}

/** The business a page belongs to, as far as the token may read it. */
export interface PageBusiness {
	name: string;
	/** `verified`, `not_verified`, `pending`, …; nothing where Meta does not show it. */
	verification: string | undefined;
}

/** Needs `business_management`. */
export function readPageBusiness(
	pageId: string,
): GraphCall<PageBusiness | undefined> {
	return {
		method: "GET",
		path: `/${pageId}`,
		parameters: { fields: "business{id,name,verification_status}" },
		token: "page",
		feature: "pages",
		read: ({ business }) => {
			const { name, verification_status } = asRecord(business);
			return business === undefined
				? undefined
				: {
						name: asString(name),
						verification: asString(verification_status) || undefined,
					};
		},
	};
}

function idOf(account: unknown): string | undefined {
	return asString(asRecord(account).id) || undefined;
}
