import type { Config } from "../config/config.ts";
import type { Need } from "../config/missing-settings.ts";
import type { Secret } from "../config/secret.ts";
import { accessTokens } from "./access-tokens.ts";
import { readInstagramOwner, readTokenOwner } from "./accounts.ts";
import type { GraphCall } from "./graph-call.ts";
import type { Graph } from "./graph-client.ts";
import { loginOf } from "./login.ts";
import {
	deleteAccountSubscription,
	deletePageSubscription,
	readAccountSubscription,
	readPageSubscription,
	writeAccountSubscription,
	writePageSubscription,
} from "./subscribed-apps.ts";

/** What has subscribed apps: a page, or with Instagram Login an account. */
export interface SubscriptionTarget {
	kind: "page" | "account";
	/** As it was named. */
	name: string;
	/** @throws IgwhError where no configured token gives access to it */
	open(): Promise<OpenTarget>;
}

/** A target, and the token that acts for it. */
export interface OpenTarget {
	id: string;
	token: Secret;
	/** The page's name, where it is known. */
	title?: string;
	/** The linked account, where it is known. */
	igUserId?: string;
}

interface TargetsInput {
	ids: readonly string[];
	all: boolean;
}

/** The settings without which no target and token can be found; Instagram Login has no pages. */
export function targetNeeds(
	{ ids, all }: TargetsInput,
	config: Config,
): Need[] {
	if (loginOf(config) === "instagram") return [];
	if (all) return ["userToken"];
	const token: Need = ["pageToken", "userToken"];
	return ids.length > 0 ? [token] : ["pageId", token];
}

/**
 * The pages or accounts that are named, all of the person's, or the configured
 * one. With Facebook Login an account stands for the page it is linked to.
 */
export async function subscriptionTargets(
	{ ids, all }: TargetsInput,
	config: Config,
	graph: Graph,
): Promise<SubscriptionTarget[]> {
	return loginOf(config) === "instagram"
		? accountTargets(ids, config, graph)
		: pageTargets({ ids, all }, config, graph);
}

async function accountTargets(
	ids: readonly string[],
	config: Config,
	graph: Graph,
): Promise<SubscriptionTarget[]> {
	const { ofAccount } = accessTokens(config, graph);
	// A token of Instagram Login belongs to one account: that is all of them.
	const wanted =
		ids.length > 0 ? ids : [(await graph(readInstagramOwner())).igUserId];
	return wanted.map((id) => ({
		kind: "account",
		name: id,
		open: async () => ({ id, igUserId: id, token: await ofAccount(id) }),
	}));
}

async function pageTargets(
	{ ids, all }: TargetsInput,
	config: Config,
	graph: Graph,
): Promise<SubscriptionTarget[]> {
	const tokens = accessTokens(config, graph);
	if (all)
		return (await tokens.pages()).map(({ id, name, token, igUserId }) => ({
			kind: "page",
			name: id,
			open: async () => ({
				id,
				token,
				title: name,
				...(igUserId && { igUserId }),
			}),
		}));
	const wanted = ids.length > 0 ? ids : [config.need("pageId")];
	return wanted.map((id) => ({
		kind: "page",
		name: id,
		open: async () => {
			if (!isAccountId(id)) return { id, token: await tokens.ofPage(id) };
			const token = await tokens.ofAccount(id);
			const page = await graph(readTokenOwner(), token);
			return { id: page.id, igUserId: id, token };
		},
	}));
}

/** Professional accounts have ids of 17 digits that begin like this; pages do not. */
function isAccountId(id: string): boolean {
	return /^17841\d{12}$/.test(id);
}

/** The three calls of `subscribed_apps`, by what has them. */
export const subscribedAppsOf: Readonly<
	Record<
		SubscriptionTarget["kind"],
		{
			read(id: string): GraphCall<string[]>;
			write(id: string, fields: readonly string[]): GraphCall<boolean>;
			remove(id: string): GraphCall<boolean>;
		}
	>
> = {
	page: {
		read: readPageSubscription,
		write: writePageSubscription,
		remove: deletePageSubscription,
	},
	account: {
		read: readAccountSubscription,
		write: writeAccountSubscription,
		remove: deleteAccountSubscription,
	},
};
