import { requirePermission } from "../viewer.ts";
import {
	type FieldReader,
	type NodeType,
	plainField,
	readField,
} from "./node-type.ts";

/** The numbers are those of Meta's reference; the sandbox publishes nothing. */
const limitNode: NodeType<object> = {
	name: "ContentPublishingLimitResponse",
	defaults: ["quota_usage"],
	fields: {
		quota_usage: () => 0,
		config: () => ({ quota_total: 50, quota_duration: 86_400 }),
	},
};

/** How much an account may still publish: one entry, without an id (README: Accounts and pages). */
export const publishingLimit: FieldReader<object> = (
	account,
	context,
	{ fields = limitNode.defaults.map(plainField) },
) => {
	requirePermission(context.viewer, "instagram_content_publish");
	const entry = fields.map((selection) => [
		selection.name,
		readField(limitNode, account, context, selection),
	]);
	return { data: [Object.fromEntries(entry)] };
};
