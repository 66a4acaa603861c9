import type { Page, Person } from "../../simulation/state.ts";
import { parseFieldSelection } from "../field-selection.ts";
import { mayDo } from "../viewer.ts";
import { type NodeType, showNode } from "./node-type.ts";
import { pageNode } from "./page-node.ts";

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
		accounts: (_, context, { fields = accountsDefaults, modifiers }) => {
			const pages = mayDo(context.viewer, "pages_show_list")
				? [...context.sandbox.state.pages.values()]
				: [];
			const after = modifiers.get("after");
			const start = pages.findIndex((page) => cursor(page) === after) + 1;
			const end = start + (Number(modifiers.get("limit")) || usualLimit);
			const shown = pages.slice(start, end);
			return {
				data: shown.map((page) => showNode(pageNode, page, context, fields)),
				...paging(shown, end < pages.length),
			};
		},
	},
	empty: ["email", "first_name", "last_name", "picture"],
};

const accountsDefaults = parseFieldSelection(
	"access_token,category,category_list,name,id,tasks",
);

/** How many Graph lists where nobody says. */
const usualLimit = 25;

function paging(shown: Page[], more: boolean) {
	const [first, last] = [shown[0], shown.at(-1)];
	if (!first || !last) return {};
	const cursors = { before: cursor(first), after: cursor(last) };
	const next = `https://graph.facebook.com/me/accounts?after=${cursors.after}`;
	return { paging: { cursors, ...(more && { next }) } };
}

function cursor({ id }: Page): string {
	return Buffer.from(id).toString("base64url");
}
