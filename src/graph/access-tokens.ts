import type { Config } from "../config/config.ts";
import type { Secret } from "../config/secret.ts";
import { IgwhError } from "../igwh-error.ts";
import {
	type InstagramOwner,
	listPages,
	type Page,
	readInstagramOwner,
	readTokenOwner,
} from "./accounts.ts";
import type { Graph } from "./graph-client.ts";
import { GraphRefusal } from "./graph-error.ts";
import { instagramToken, loginOf, requireFeature } from "./login.ts";
import { readAll } from "./read-all.ts";

/** The page token for an account or a page. */
export interface AccessTokens {
	/** @throws MissingToken where no configured token gives access to the account */
	ofAccount(igUserId: string): Promise<Secret>;
	/** @throws MissingToken where no configured token gives access to the page */
	ofPage(pageId: string): Promise<Secret>;
	/** Every page of the person the user token belongs to. */
	pages(): Promise<Page[]>;
}

/** No configured token belongs to this page or account; others may be readable. */
export class MissingToken extends IgwhError {}

/**
 * Uses a token only for the page and account it belongs to: the configured page
 * token for its own, the tokens the user token gives for all others. What Meta
 * answered is kept for the run; a failure is not.
 */
export function accessTokens(config: Config, graph: Graph): AccessTokens {
	return loginOf(config) === "instagram"
		? instagramTokens(config, graph)
		: facebookTokens(config, graph);
}

/** The one token of Instagram Login; it has no pages. */
function instagramTokens(config: Config, graph: Graph): AccessTokens {
	const owner = kept(() => graph(readInstagramOwner()));
	const noPages = async () => requireFeature("pages", "instagram") as never;
	return {
		pages: noPages,
		ofPage: noPages,
		ofAccount: async (igUserId) => {
			const own = await owner();
			if (own.igUserId !== igUserId) throw otherAccount(igUserId, own);
			return instagramToken(config);
		},
	};
}

function facebookTokens(config: Config, graph: Graph): AccessTokens {
	const pages = kept(() => readAll(graph, listPages));
	const owner = kept(() => readOwner(config, graph));

	const find = async (name: string, matches: (page: PageIds) => boolean) => {
		const userToken = config.secret("userToken");
		// Asked for where neither is configured.
		if (config.secret("pageToken") || !userToken) {
			const own = await owner();
			if (matches(own)) return own.token;
			if (!userToken) throw otherPage(name, own);
		}
		const found = (await pages()).find(matches);
		if (found) return found.token;
		throw noAccess(name, await pages());
	};
	return {
		pages,
		ofAccount: (igUserId) =>
			find(`account ${igUserId}`, (page) => page.igUserId === igUserId),
		ofPage: (pageId) => find(`page ${pageId}`, (page) => page.id === pageId),
	};
}

type PageIds = Pick<Page, "id" | "igUserId">;

async function readOwner(config: Config, graph: Graph) {
	const token = await config.needSecret("pageToken");
	try {
		return { ...(await graph(readTokenOwner(), token)), token };
	} catch (error) {
		if (
			error instanceof GraphRefusal &&
			/nonexisting field/.test(error.message)
		)
			throw new IgwhError(
				"token",
				"IGWH_PAGE_TOKEN does not hold a page token",
				"put a user token into IGWH_USER_TOKEN; /me/accounts gives the page's own",
				{ cause: error },
			);
		throw error;
	}
}

/** Asks once; again after a failure. */
function kept<T>(read: () => Promise<T>): () => Promise<T> {
	let answer: Promise<T> | undefined;
	return () => {
		if (answer) return answer;
		const asked = read();
		answer = asked;
		asked.catch(() => {
			answer = undefined;
		});
		return asked;
	};
}

function otherAccount(
	wanted: string,
	{ igUserId, appScopedId, username }: InstagramOwner,
) {
	return new MissingToken(
		"permission",
		wanted === appScopedId
			? `${wanted} is the account's id for this app alone; deliveries name it ${igUserId}`
			: `no token for account ${wanted}: the Instagram Login token belongs to ${username} (${igUserId})`,
		wanted === appScopedId
			? `set IGWH_IG_USER_ID=${igUserId}`
			: "set the token of that account in IGWH_INSTAGRAM_TOKEN",
	);
}

function otherPage(name: string, { id, igUserId }: PageIds) {
	return new MissingToken(
		"permission",
		`no token for ${name}: IGWH_PAGE_TOKEN belongs to page ${id}${igUserId ? ` with account ${igUserId}` : ", which has no linked Instagram account"}`,
		"set IGWH_USER_TOKEN, which gives the tokens of all pages, or set IGWH_PAGE_TOKEN to the right page's token",
	);
}

function noAccess(name: string, pages: readonly Page[]) {
	return new MissingToken(
		"permission",
		`the user token has no access to ${name}; its pages: ${pages.map(({ id }) => id).join(", ") || "none"}`,
		"check the id, the person's role on the page, and that the token has pages_show_list",
	);
}
