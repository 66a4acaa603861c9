import { pageFields } from "../../../webhook/fields.ts";
import type { Page } from "../../simulation/state.ts";
import { listParameter } from "../graph-call.ts";
import { graphErrors } from "../graph-error.ts";
import { mayDo, requirePermission, type Viewer } from "../viewer.ts";
import { type Operation, success } from "./operation.ts";

const permission = "pages_manage_metadata";

/** `GET /{page-id}/subscribed_apps` (README: Subscriptions). */
export const readPageSubscription: Operation<Page> = (page, context) => {
	requirePageToken(context.viewer);
	requirePermission(context.viewer, permission);
	const { id, name, category, link } = context.sandbox.state.app;
	const fields = page.subscribedFields;
	return {
		data: fields
			? [{ category, link, name, id, subscribed_fields: fields }]
			: [],
	};
};

/** `POST /{page-id}/subscribed_apps`: the list replaces the earlier one. */
export const subscribePage: Operation<Page> = (page, { viewer }, call) => {
	requirePageToken(viewer);
	const fields = listParameter(call, "subscribed_fields");
	const [first] = fields;
	if (first === undefined)
		throw graphErrors.missingParameter("subscribed_fields");
	for (const [index, field] of fields.entries())
		if (!pageFields.has(field))
			throw graphErrors.notOneOf(
				`subscribed_fields[${index}]`,
				pageFields,
				field,
			);
	if (!mayDo(viewer, permission))
		throw graphErrors.missingFieldPermission(first, permission);
	page.subscribedFields = [...new Set(fields)];
	return success;
};

/**
 * `DELETE /{page-id}/subscribed_apps`. Reports differ on the token it takes
 * (README: Subscriptions): the page's and the app's both do.
 */
export const unsubscribePage: Operation<Page> = (page, { viewer }) => {
	if (viewer.kind !== "app") {
		requirePageToken(viewer);
		requirePermission(viewer, permission);
	}
	delete page.subscribedFields;
	return success;
};

function requirePageToken({ kind }: Viewer): void {
	if (kind !== "page") throw graphErrors.pageTokenRequired();
}
