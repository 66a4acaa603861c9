import { IgwhError } from "../../igwh-error.ts";
import { instagramFields, instagramLoginFields } from "../../webhook/fields.ts";
import {
	type Account,
	loginOf,
	pageOfAccount,
	type SandboxState,
} from "../simulation/state.ts";
import { type GateId, gateIds } from "./gate-ids.ts";

/** A condition of live delivery that does not hold. Meta is silent about it. */
export interface Gate {
	id: string;
	/** What is missing. */
	detail: string;
	/** What opens it. */
	fix: string;
}

interface GateRule {
	/** What is missing, or nothing where the gate is open. */
	closed(state: SandboxState, account: Account, field: string): string | false;
	fix: string;
	/** Puts the world into a state where it is closed. */
	close(state: SandboxState): void;
}

/** The gates a change passes before Meta delivers it (meta-platform §7), in the order to look at them. */
const rules: Readonly<Record<GateId, GateRule>> = {
	"app-subscription": {
		closed: ({ subscriptions }) =>
			!subscriptions.has("instagram") &&
			"the app has no subscription to the instagram object",
		fix: "igwh subscribe --callback <url>",
		close: ({ subscriptions }) => subscriptions.delete("instagram"),
	},
	"field-subscription": {
		closed: ({ subscriptions }, _, field) =>
			!subscriptions
				.get("instagram")
				?.fields.some(({ name }) => name === field) &&
			`the app is not subscribed to the field ${field}`,
		fix: "igwh subscribe --callback <url>, with this field among its Instagram fields",
		close: ({ subscriptions }) => subscriptions.delete("instagram"),
	},
	"page-subscription": {
		closed: (state, { id }, field) => {
			if (loginOf(state, id) === "instagram")
				return (
					!instagramLoginFields[field] &&
					`the account is subscribed through Instagram Login, which does not deliver ${field}`
				);
			const page = pageOfAccount(state, id);
			if (!page) return "no page is linked to the account";
			return (
				page.subscribedFields === undefined &&
				`page ${page.id} does not have the app among its subscribed apps`
			);
		},
		fix: "igwh subscribe <page-id>",
		close: ({ pages, accounts }) => {
			for (const page of pages.values()) delete page.subscribedFields;
			for (const account of accounts.values()) delete account.subscribedFields;
		},
	},
	permission: {
		closed: (state, { id }, field) => {
			const [fields, granted] =
				loginOf(state, id) === "instagram"
					? [instagramLoginFields, state.instagramPermissions]
					: [instagramFields, state.permissions];
			const missing = fields[field]?.permissions.filter(
				(permission) => granted.get(permission) !== "granted",
			);
			return (
				!!missing?.length &&
				`the account did not grant ${missing.join(", ")} to the app`
			);
		},
		fix: "log in again and grant it: igwh init",
		close: ({ permissions, instagramPermissions }) => {
			permissions.set("instagram_manage_comments", "declined");
			permissions.set("instagram_manage_insights", "declined");
			instagramPermissions.set(
				"instagram_business_manage_comments",
				"declined",
			);
		},
	},
	"app-live": {
		closed: ({ app }) => !app.live && "the app is in development mode",
		fix: "switch the app to Live in the App Dashboard",
		close: ({ app }) => {
			app.live = false;
		},
	},
	"advanced-access": {
		closed: ({ app }, _, field) =>
			!app.advancedAccess &&
			`the app has Standard Access only to the permissions of ${field}`,
		fix: "ask for Advanced Access in App Review",
		close: ({ app }) => {
			app.advancedAccess = false;
		},
	},
	"business-verified": {
		closed: (state, { id }) => {
			const page = pageOfAccount(state, id);
			return (
				page?.businessVerified === false &&
				`the business of page ${page.id} is not verified`
			);
		},
		fix: "verify the business in Meta Business Suite",
		close: ({ pages }) => {
			for (const page of pages.values()) page.businessVerified = false;
		},
	},
	"media-owner-public": {
		closed: ({ mediaOwnersPublic }, _, field) =>
			field !== "story_insights" &&
			!mediaOwnersPublic &&
			"the owner of the media has a private account",
		fix: "there is none on your side: Meta tells nothing about private media",
		close: (state) => {
			state.mediaOwnersPublic = false;
		},
	},
	broadcasting: {
		closed: (_, { broadcasting, username }, field) =>
			field === "live_comments" &&
			!broadcasting &&
			`${username} is not broadcasting`,
		fix: "live comments are delivered during the broadcast only",
		close: ({ accounts }) => {
			for (const account of accounts.values()) account.broadcasting = false;
		},
	},
};

/** The gates that keep a field's changes of an account from being delivered. */
export function closedGates(
	state: SandboxState,
	accountId: string,
	field: string,
): Gate[] {
	const account = state.accounts.get(accountId);
	if (!account)
		throw new TypeError(`account ${accountId} is not in the sandbox`);
	return gateIds.flatMap((id) => {
		const rule: GateRule = rules[id];
		const detail = rule.closed(state, account, field);
		return detail === false ? [] : [{ id, detail, fix: rule.fix }];
	});
}

/** @throws IgwhError for an id that is not a gate's */
export function closeGate(state: SandboxState, id: string): void {
	const rule = gateIds.find((known) => known === id);
	if (!rule)
		throw new IgwhError(
			"usage",
			`there is no gate named ${id}`,
			`the gates are: ${gateIds.join(", ")}`,
		);
	rules[rule].close(state);
}
