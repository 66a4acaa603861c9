import type { Account, Media } from "../../simulation/state.ts";
import { graphErrors } from "../graph-error.ts";
import { accountFields } from "./account-fields.ts";
import { mediaOf } from "./account-media.ts";
import { mediaNode } from "./content-nodes.ts";
import { requireInsights } from "./insight.ts";
import {
	type FieldReader,
	type NodeType,
	pickFields,
	showNode,
} from "./node-type.ts";
import { pagedList } from "./paged-list.ts";

/** `business_discovery.username(…)`: what everybody may see of a professional account. */
export const discoverAccount: FieldReader<Account> = (
	_,
	context,
	{ modifiers, fields },
) => {
	requireInsights(context);
	const username = modifiers.get("username");
	if (!username) throw graphErrors.missingParameter("username");
	const found = [...context.sandbox.state.accounts.values()].find(
		(account) => account.username === username.toLowerCase(),
	);
	if (!found) throw graphErrors.unknownUsername(username);
	return showNode(discoveredAccountNode, found, context, fields);
};

const discoveredAccountNode: NodeType<Account> = {
	name: "IGUser",
	defaults: ["id"],
	fields: {
		...accountFields,
		media: (account, context, selection) =>
			pagedList(context, selection, {
				of: account.id,
				items: mediaOf(account, context.sandbox),
				show: (media) =>
					showNode(discoveredMediaNode, media, context, selection.fields),
				paging: "cursors",
			}),
	},
	meta: {
		fields: new Set(["biography", "ig_id", "website"]),
		edges: new Set(),
	},
};

const discoveredMediaNode: NodeType<Media> = {
	...mediaNode,
	fields: pickFields(
		mediaNode.fields,
		`caption children comments_count id like_count media_product_type
	media_type media_url owner permalink timestamp username`.split(/\s+/),
	),
	meta: { fields: new Set(["thumbnail_url", "view_count"]), edges: new Set() },
};
