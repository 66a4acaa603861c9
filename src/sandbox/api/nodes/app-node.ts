import type { App } from "../../simulation/state.ts";
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
	empty: ["description", "icon_url", "logo_url", "privacy_policy_url"],
};
