import type { Person } from "../../simulation/state.ts";
import { parseFieldSelection } from "../field-selection.ts";
import { mayDo } from "../viewer.ts";
import { metaNames } from "./meta-names.ts";
import { type NodeType, showNode } from "./node-type.ts";
import { pageNode } from "./page-node.ts";
import { pagedList } from "./paged-list.ts";

/** The developer, as `/me` with a user token shows them (meta-platform §4.4). */
export const userNode: NodeType<Person> = {
	name: "User",
	defaults: ["name", "id"],
	fields: {
		id: ({ id }) => id,
		name: ({ name }) => name,
		permissions: (_, { sandbox }) => ({
			data: [...sandbox.state.permissions].map(([permission, status]) => ({
				permission,
				status,
			})),
		}),
		accounts: ({ id }, context, selection) => {
			const { fields = accountsDefaults } = selection;
			return pagedList(context, selection, {
				of: id,
				items: mayDo(context.viewer, "pages_show_list")
					? [...context.sandbox.state.pages.values()]
					: [],
				show: (page) => showNode(pageNode, page, context, fields),
			});
		},
	},
	meta: metaNames.User,
};

const accountsDefaults = parseFieldSelection(
	"access_token,category,category_list,name,id,tasks",
);
