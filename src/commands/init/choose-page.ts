import type { Page } from "../../graph/accounts.ts";
import { IgwhError } from "../../igwh-error.ts";
import { noAccount } from "./page.ts";
import type { Setup } from "./setup.ts";

/**
 * The configured page, the only one with an account, or the one that is picked.
 * @throws IgwhError where nobody can pick one
 */
export async function choosePage(
	setup: Setup,
	pages: readonly Page[],
): Promise<Page> {
	const mayKeep = !setup.changes.has("page");
	const known = mayKeep ? configured(setup, pages) : undefined;
	if (known?.igUserId) return known;
	const [only, second] = pages.filter(({ igUserId }) => igUserId);
	const isNamed = setup.values.pageId !== undefined;
	if (only && !second && !isNamed && mayKeep) return only;
	if (!setup.interactive) throw notChosen(setup, pages, known);
	if (known) setup.note(`igwh: page ${known.id} shows no Instagram account`);
	return ask(setup, pages);
}

/** The page that is set, by its id or its account's; also where the two are mixed up. */
function configured(
	{ values, note }: Setup,
	pages: readonly Page[],
): Page | undefined {
	const { pageId, igUserId } = values;
	if (pageId === undefined && igUserId === undefined) return undefined;
	const byPage = pages.find(({ id }) => id === (pageId ?? igUserId));
	if (byPage) {
		if (pageId === undefined)
			note(
				`igwh: ${igUserId} is the page's id; its Instagram account is ${byPage.igUserId}`,
			);
		return byPage;
	}
	const byAccount = pages.find(
		(page) => page.igUserId === (pageId ?? igUserId),
	);
	if (byAccount && pageId !== undefined)
		note(
			`igwh: ${pageId} is the Instagram account's id; its page is ${byAccount.id}`,
		);
	return byAccount;
}

async function ask(setup: Setup, pages: readonly Page[]): Promise<Page> {
	for (;;) {
		const page = await setup.world.prompts.select(
			"Which page?",
			pages.map((page) => ({ name: pageName(page), value: page })),
		);
		if (page.igUserId !== undefined) return page;
		const { message, hint } = noAccount(`page ${page.id} shows`);
		setup.note(`igwh: ${message}\n  ${hint}`);
	}
}

function pageName({ id, name, igUserId, username }: Page): string {
	const account = username ? `@${username} (${igUserId})` : igUserId;
	return `${name} (${id}): ${account ?? "no Instagram account"}`;
}

function notChosen(
	{ values }: Setup,
	pages: readonly Page[],
	known: Page | undefined,
): IgwhError {
	if (known) return noAccount(`page ${known.id} shows`);
	const choices = pages.map(pageName).join("; ");
	return values.pageId === undefined
		? new IgwhError(
				"configuration",
				`the token sees several pages: ${choices}`,
				"choose one with --page-id",
			)
		: new IgwhError(
				"permission",
				`the token does not see page ${values.pageId}; it sees ${choices}`,
				"choose one with --page-id, or make the token with that page",
			);
}
