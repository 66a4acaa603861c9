import { instagramLoginFields } from "../../../webhook/fields.ts";
import type { Account } from "../../simulation/state.ts";
import { listParameter } from "../graph-call.ts";
import { graphErrors } from "../graph-error.ts";
import { requirePermission } from "../viewer.ts";
import { type Operation, success } from "./operation.ts";

/** `GET /{ig-user-id}/subscribed_apps` of graph.instagram.com. */
export const readAccountSubscription: Operation<Account> = (
	account,
	{ sandbox, viewer },
) => {
	requirePermission(viewer, "instagram_basic");
	const { id } = sandbox.state.app;
	const fields = account.subscribedFields;
	return { data: fields ? [{ id, subscribed_fields: fields }] : [] };
};

/** `POST`: the list replaces the earlier one. */
export const subscribeAccount: Operation<Account> = (
	account,
	{ viewer },
	call,
) => {
	requirePermission(viewer, "instagram_basic");
	const fields = listParameter(call, "subscribed_fields");
	if (fields.length === 0)
		throw graphErrors.missingParameter("subscribed_fields");
	for (const [index, field] of fields.entries()) {
		const rule = instagramLoginFields[field];
		if (!rule)
			throw graphErrors.notOneOf(
				`subscribed_fields[${index}]`,
				Object.keys(instagramLoginFields),
				field,
			);
		for (const permission of rule.permissions)
			requirePermission(viewer, permission);
	}
	account.subscribedFields = [...new Set(fields)];
	return success;
};

/** `DELETE`: the account delivers nothing more through this login. */
export const unsubscribeAccount: Operation<Account> = (account, { viewer }) => {
	requirePermission(viewer, "instagram_basic");
	delete account.subscribedFields;
	return success;
};
