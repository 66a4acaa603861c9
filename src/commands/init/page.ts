import type { Settings } from "../../config/config.ts";
import type { Secret } from "../../config/secret.ts";
import {
	listPages,
	type Page,
	readTokenOwner,
	readUsername,
} from "../../graph/accounts.ts";
import { readAll } from "../../graph/read-all.ts";
import { IgwhError } from "../../igwh-error.ts";
import type { App } from "./app.ts";
import type { CheckedRecord } from "./records.ts";
import { graphWith, hide, type Setup } from "./setup.ts";

/**
 * The pages that a user token sees, each with its own token and its account.
 * @throws IgwhError `permission` where none has an account
 */
export async function readPages(
	setup: Setup,
	app: App,
	userToken: Secret,
): Promise<Page[]> {
	const graph = graphWith(setup, {
		...facebook(app),
		userToken: userToken.reveal(),
	});
	const pages = await readAll(graph, listPages);
	for (const { token } of pages) hide(setup, token);
	if (pages.length === 0) throw noPages();
	if (!pages.some(({ igUserId }) => igUserId))
		throw noAccount(
			pages.length === 1
				? "the only page shows"
				: `none of the ${pages.length} pages shows`,
		);
	return pages;
}

/** The page that a page token belongs to, and its account. */
export async function* setUpTokensPage(
	setup: Setup,
	app: App,
	token: Secret,
	name?: string,
): AsyncGenerator<CheckedRecord, Settings> {
	const graph = graphWith(setup, {
		...facebook(app),
		pageToken: token.reveal(),
	});
	const { id, igUserId } = await graph(readTokenOwner());
	if (igUserId === undefined) throw noAccount(`page ${id} shows`);
	const username = await graph(readUsername(igUserId));
	yield {
		type: "checked",
		what: "page",
		detail: `page ${id}${name ? `, ${name},` : ""} is linked to @${username} (${igUserId})`,
	};
	return { pageId: id, pageToken: token.reveal(), igUserId };
}

function facebook(app: App): Settings {
	return {
		login: "facebook",
		appId: app.id,
		appSecret: app.secret.reveal(),
	};
}

function noPages(): IgwhError {
	return new IgwhError(
		"permission",
		"the token sees no page",
		"choose the pages when you make the token, with pages_show_list; pages of a business also need business_management",
	);
}

export function noAccount(subject: string): IgwhError {
	return new IgwhError(
		"permission",
		`${subject} no linked Instagram account`,
		"link a professional account in the page's settings (Linked accounts), and make the token with instagram_basic",
	);
}
