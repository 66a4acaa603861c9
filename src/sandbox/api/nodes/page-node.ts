import type { Page } from "../../simulation/state.ts";
import type { FieldSelection } from "../field-selection.ts";
import { mayDo } from "../viewer.ts";
import { accountNode } from "./account-node.ts";
import { metaNames } from "./meta-names.ts";
import { type NodeType, type ReadContext, showNode } from "./node-type.ts";

/** A Facebook page of the developer (meta-platform §4.4). */
export const pageNode: NodeType<Page> = {
	name: "Page",
	defaults: ["name", "id"],
	fields: {
		id: ({ id }) => id,
		name: ({ name }) => name,
		category: ({ category }) => category,
		category_list: ({ category }) => [
			{ id: "197871390225897", name: category },
		],
		link: ({ id }) => `https://www.facebook.com/${id}`,
		access_token: ({ accessToken }, { viewer }) =>
			viewer.kind === "app" ? undefined : accessToken,
		tasks: () => [
			"ADVERTISE",
			"ANALYZE",
			"CREATE_CONTENT",
			"MESSAGING",
			"MODERATE",
			"MANAGE",
		],
		is_webhooks_subscribed: ({ subscribedFields }) =>
			subscribedFields !== undefined,
		instagram_business_account: showAccount,
		connected_instagram_account: showAccount,
	},
	meta: metaNames.Page,
};

/** The linked Instagram account; absent, without an error, where there is none. */
function showAccount(
	{ accountId }: Page,
	context: ReadContext,
	{ fields }: FieldSelection,
) {
	const account = context.sandbox.state.accounts.get(accountId ?? "");
	return account && mayDo(context.viewer, "instagram_basic")
		? showNode(accountNode, account, context, fields)
		: undefined;
}
