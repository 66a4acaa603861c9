import type { App } from "../../simulation/state.ts";
import { metaNames } from "./meta-names.ts";
import type { NodeType } from "./node-type.ts";

export const appNode: NodeType<App> = {
	name: "Application",
	defaults: ["category", "link", "name", "id"],
	fields: {
		id: ({ id }) => id,
		name: ({ name }) => name,
		category: ({ category }) => category,
		link: ({ link }) => link,
	},
	meta: metaNames.Application,
};
